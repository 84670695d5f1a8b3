#if Server
import GatehouseAsyncHTTPClient
import GatehouseTokens
import HTTPTypes
import ServiceLifecycle

/// The demo's HTTP client: it loads the issuer's keys for the API, and with `--once` plays the callers.
struct DemoClient: Service {
    let transport = AsyncHTTPClientTransport()

    /// Waits for the end, and closes the connections then.
    func run() async throws {
        try? await gracefulShutdown()
        try await transport.shutdown()
    }

    /// Sends a request of the demo, and gives the status of its answer.
    func status(of demoCase: DemoCase) async throws(HTTPTransportError) -> Int {
        let fields: HTTPFields = demoCase.token.map { [.authorization: "Bearer \($0)"] } ?? [:]
        return try await transport.send(
            HTTPTransportRequest(
                method: HTTPRequest.Method(demoCase.method) ?? .get,
                url: demoCase.address + demoCase.path,
                headerFields: fields,
                deadline: .seconds(10),
                maximumResponseByteCount: 65_536
            )
        ).status.code
    }
}
#endif
