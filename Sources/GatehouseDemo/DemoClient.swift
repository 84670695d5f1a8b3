#if Hummingbird && Curl
import GatehouseCurl
import GatehouseTokens
import HTTPTypes

/// The demo's HTTP client, which loads the issuer's keys for the API and, with `--once`, sends the callers' requests.
struct DemoClient {
    let transport = CurlTransport()

    /// Sends a request of the demo, and returns the status of the answer.
    func status(of demoCase: DemoCase) async throws(HTTPTransportError) -> Int {
        var fields = demoCase.headerFields
        if let token = demoCase.token { fields[.authorization] = "Bearer \(token)" }
        return try await transport.send(
            HTTPTransportRequest(
                method: HTTPRequest.Method(demoCase.method) ?? .get,
                url: demoCase.address + demoCase.path,
                headerFields: fields,
                body: demoCase.body,
                deadline: .seconds(10),
                maximumResponseByteCount: 65_536
            )
        ).status.code
    }
}
#endif
