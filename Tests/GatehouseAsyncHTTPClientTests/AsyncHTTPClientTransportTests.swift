#if AsyncHTTPClient
import GatehouseAsyncHTTPClient
import GatehouseTokens
import HTTPTypes
import Testing

@Suite("The transport on async-http-client gives up in time, in size and at redirects")
struct AsyncHTTPClientTransportTests {
    private func send(
        to answer: RawServer.Answer,
        deadline: Duration = .seconds(20),
        limit: Int = 1_000
    ) async throws -> Result<HTTPTransportResponse, HTTPTransportError> {
        try await RawServer.run(answer) { server in
            let transport = AsyncHTTPClientTransport()
            let request = HTTPTransportRequest(
                url: server.url("/jwks.json"),
                headerFields: [.accept: "application/json"],
                deadline: deadline,
                maximumResponseByteCount: limit
            )
            let result = await Result { () async throws(HTTPTransportError) in try await transport.send(request) }
            try await transport.shutdown()
            return result
        }
    }

    private func code(_ result: Result<HTTPTransportResponse, HTTPTransportError>) -> HTTPTransportError.Code? {
        if case .failure(let error) = result { error.code } else { nil }
    }

    @Test("an answer comes with its status, fields and body, whatever its status", arguments: [200, 404, 500])
    func answer(status: Int) async throws {
        let text = "HTTP/1.1 \(status) X\r\nContent-Length: 2\r\nX-Test: a\r\nConnection: close\r\n\r\n{}"
        let response = try await send(to: .text(text)).get()
        #expect(response.status.code == status)
        #expect(response.body == Array("{}".utf8))
        #expect(response.headerFields.contains { $0.name.canonicalName == "x-test" && $0.value == "a" })
    }

    @Test("a redirect is an answer, not a way", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let text = "HTTP/1.1 \(status) X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        let response = try await send(to: .text(text)).get()
        #expect(response.status.code == status)
    }

    @Test("a body may be as large as the limit, and no larger", arguments: [(1_000, true), (1_001, false)])
    func limit(count: Int, isAccepted: Bool) async throws {
        let body = String(repeating: "x", count: count)
        let result = try await send(to: .text("HTTP/1.1 200 OK\r\nContent-Length: \(count)\r\n\r\n\(body)"))
        #expect((try? result.get().body.count) == (isAccepted ? count : nil))
        #expect(code(result) == (isAccepted ? nil : .responseTooLarge))
    }

    @Test("a body without end stops at the limit")
    func endless() async throws {
        let result = try await send(to: .endless(after: "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"))
        #expect(code(result) == .responseTooLarge)
    }

    @Test(
        "the deadline counts to the last byte",
        arguments: [
            "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123456789",
        ]
    )
    func deadline(sent: String) async throws {
        let result = try await send(to: .stall(after: sent), deadline: .milliseconds(200))
        #expect(code(result) == .deadlineExceeded)
    }

    @Test(
        "a connection that breaks, or is none, is an error",
        arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1", "not HTTP\r\n\r\n"]
    )
    func broken(sent: String) async throws {
        #expect(code(try await send(to: sent.isEmpty ? .close : .text(sent))) == .connectionFailed)
    }

    @Test("a port that nobody listens at fails at once, long before the deadline", .timeLimit(.minutes(1)))
    func refusedPort() async throws {
        let url = try await RawServer.run(.close) { $0.url() }
        let transport = AsyncHTTPClientTransport()
        let request = HTTPTransportRequest(url: url, deadline: .seconds(600), maximumResponseByteCount: 10)
        let error = await #expect(throws: HTTPTransportError.self) { try await transport.send(request) }
        #expect(error?.code == .connectionFailed)
        try await transport.shutdown()
    }

    @Test("an address that is none cannot be asked", arguments: ["", "nothing", "http://", "unknown://host/"])
    func invalid(url: String) async throws {
        let transport = AsyncHTTPClientTransport()
        let request = HTTPTransportRequest(url: url, deadline: .seconds(5), maximumResponseByteCount: 10)
        await #expect(throws: HTTPTransportError.self) { try await transport.send(request) }
        try await transport.shutdown()
    }

    @Test("a cancelled caller is told so at once")
    func cancellation() async throws {
        let answer = try await RawServer.run(.stall(after: "")) { server in
            let transport = AsyncHTTPClientTransport()
            let request = HTTPTransportRequest(
                url: server.url(),
                deadline: .seconds(600),
                maximumResponseByteCount: 10
            )
            let task = Task {
                await Result { () async throws(HTTPTransportError) in try await transport.send(request) }
            }
            task.cancel()
            let answer = await task.value
            try await transport.shutdown()
            return answer
        }
        #expect(code(answer) == .cancelled)
    }
}

extension Result {
    init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
#endif
