#if (AsyncHTTPClient || Curl) && os(Linux)
import GatehouseTokens
import HTTPTypes
import HangingResolver
import Testing

@Suite("A name server that does not answer")
struct HangingResolverTests {
    private static let name = String(cString: hanging_resolver_name())

    private func failure(
        _ transport: any HTTPTransport,
        deadline: Duration
    ) async -> HTTPTransportError? {
        let request = HTTPTransportRequest(
            url: "https://\(Self.name)/",
            deadline: deadline,
            maximumResponseByteCount: 1_000
        )
        return await Result { () async throws(HTTPTransportError) in try await transport.send(request) }.error
    }

    @Test("a deadline holds, and other requests go on meanwhile", arguments: Client.allCases)
    func deadline(client: Client) async throws {
        let begin = ContinuousClock.now
        let answer = RawServer.Answer.text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        try await RawServer.run(answer) { server in
            try await client.withTransport { transport in
                async let second = failure(transport, deadline: .milliseconds(600))
                #expect(await failure(transport, deadline: .milliseconds(300))?.code == .deadlineExceeded)
                let response = try await transport.send(
                    HTTPTransportRequest(
                        url: server.url("/"),
                        deadline: .seconds(10),
                        maximumResponseByteCount: 1_000
                    )
                )
                #expect(response.status == .ok)
                #expect(await second?.code == .deadlineExceeded)
                // The resolver holds on for twelve seconds.
                #expect(ContinuousClock.now - begin < .seconds(10))
            }
        }
    }

    @Test("a cancelled request ends at once", arguments: Client.allCases)
    func cancellation(client: Client) async throws {
        try await client.withTransport { transport in
            let begin = ContinuousClock.now
            let task = Task { await failure(transport, deadline: .seconds(60)) }
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            #expect(ContinuousClock.now - begin < .seconds(10))
        }
    }
}
#endif
