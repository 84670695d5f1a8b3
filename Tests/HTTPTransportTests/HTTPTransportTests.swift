#if AsyncHTTPClient || Curl
import GatehouseTokens
import HTTPTypes
import Testing

@Suite("Each transport gives up in time, in size and at redirects")
struct HTTPTransportTests {
    private func send(
        by client: Client,
        to answer: RawServer.Answer,
        deadline: Duration = .seconds(20),
        limit: Int = 1_000
    ) async throws -> Result<HTTPTransportResponse, HTTPTransportError> {
        try await RawServer.run(answer) { server in
            try await client.send(
                HTTPTransportRequest(
                    url: server.url("/jwks.json"),
                    headerFields: [.accept: "application/json"],
                    deadline: deadline,
                    maximumResponseByteCount: limit
                )
            )
        }
    }

    @Test(
        "an answer comes with its status, fields and body, whatever its status",
        arguments: Client.allCases,
        [200, 404, 500]
    )
    func answer(client: Client, status: Int) async throws {
        let text =
            "HTTP/1.1 \(status) X\r\nContent-Length: 2\r\nX-Test:  a \r\nx-test: b\r\nConnection: close\r\n\r\n{}"
        let response = try await send(by: client, to: .text(text)).get()
        #expect(response.status.code == status)
        #expect(response.body == Array("{}".utf8))
        #expect(try response.headerFields[values: #require(HTTPField.Name("X-Test"))] == ["a", "b"])
    }

    @Test(
        "interim answers and trailers are not the answer's fields",
        arguments: Client.allCases,
        [
            "HTTP/1.1 103 Early\r\nX-Early: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Early: a\r\n\r\n",
        ]
    )
    func interim(client: Client, text: String) async throws {
        let response = try await send(by: client, to: .text(text)).get()
        #expect(response.status == .ok)
        #expect(response.body == Array("{}".utf8))
        #expect(!response.headerFields.contains { $0.name.canonicalName == "x-early" })
    }

    @Test("a redirect is an answer, and is not followed", arguments: Client.allCases, [301, 302, 303, 307, 308])
    func redirect(client: Client, status: Int) async throws {
        let text = "HTTP/1.1 \(status) X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        #expect(try await send(by: client, to: .text(text)).get().status.code == status)
    }

    @Test(
        "a body may be as large as the limit, and no larger",
        arguments: Client.allCases,
        [(1_000, true), (1_001, false)]
    )
    func limit(client: Client, body: (count: Int, isAccepted: Bool)) async throws {
        let text = String(repeating: "x", count: body.count)
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n\(text)"
        let result = try await send(by: client, to: .text(answer))
        #expect((try? result.get().body.count) == (body.isAccepted ? body.count : nil))
        #expect(result.error?.code == (body.isAccepted ? nil : .responseTooLarge))
    }

    @Test("a body without end stops at the limit", arguments: Client.allCases)
    func endless(client: Client) async throws {
        let answer = RawServer.Answer.endless(after: "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        #expect(try await send(by: client, to: answer).error?.code == .responseTooLarge)
    }

    @Test(
        "the deadline counts to the last byte",
        arguments: Client.allCases,
        [
            "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123456789",
        ]
    )
    func deadline(client: Client, sent: String) async throws {
        let result = try await send(by: client, to: .stall(after: sent), deadline: .milliseconds(200))
        #expect(result.error?.code == .deadlineExceeded)
    }

    @Test("a request whose deadline is over is not sent", arguments: Client.allCases, [Duration.zero, .seconds(-1)])
    func noTime(client: Client, deadline: Duration) async throws {
        let result = try await send(by: client, to: .text("HTTP/1.1 204 X\r\n\r\n"), deadline: deadline)
        #expect(result.error?.code == .deadlineExceeded)
    }

    @Test(
        "a connection that closes, breaks or does not speak HTTP is an error",
        arguments: Client.allCases,
        ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1", "not HTTP\r\n\r\n"]
    )
    func broken(client: Client, sent: String) async throws {
        let result = try await send(by: client, to: sent.isEmpty ? .close : .text(sent))
        #expect(result.error?.code == .connectionFailed)
    }

    @Test(
        "a port that nobody listens at fails at once, long before the deadline",
        .timeLimit(.minutes(1)),
        arguments: Client.allCases
    )
    func refusedPort(client: Client) async throws {
        let url = try await RawServer.run(.close) { $0.url() }
        let request = HTTPTransportRequest(url: url, deadline: .seconds(600), maximumResponseByteCount: 10)
        #expect(try await client.send(request).error?.code == .notConnected)
    }

    @Test("a code of one's own is kept, and prints as it is named")
    func codes() {
        let error = HTTPTransportError(HTTPTransportError.Code(rawValue: "vaultSealed"), "the vault is sealed")
        #expect(error.code.description == "vaultSealed")
        #expect(error.code != .connectionFailed && HTTPTransportError.Code.notConnected != .connectionFailed)
    }

    @Test(
        "a malformed address cannot be asked",
        arguments: Client.allCases,
        ["", "nothing", "http://", "unknown://host/", "http://user:pass@127.0.0.1/"]
    )
    func invalid(client: Client, url: String) async throws {
        let request = HTTPTransportRequest(url: url, deadline: .seconds(5), maximumResponseByteCount: 10)
        let error = try #require(await client.send(request).error)
        #expect(error.code == .invalidRequest)
        #expect(!error.message.contains("pass"))
    }

    @Test("a cancelled caller is told of the cancellation at once", .timeLimit(.minutes(1)), arguments: Client.allCases)
    func cancellation(client: Client) async throws {
        let result = try await RawServer.run(.stall(after: "")) { server in
            let request = HTTPTransportRequest(
                url: server.url(),
                deadline: .seconds(600),
                maximumResponseByteCount: 10
            )
            let task = Task { try await client.send(request) }
            task.cancel()
            return try await task.value
        }
        #expect(result.error?.code == .cancelled)
    }
}
#endif
