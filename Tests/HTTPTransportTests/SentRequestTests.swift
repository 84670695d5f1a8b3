#if AsyncHTTPClient || Curl
import GatehouseTokens
import HTTPTypes
import Testing

@Suite("Each transport sends the request as it was given")
struct SentRequestTests {
    /// The request that arrives, without the fields that are a client's own affair.
    private func sent(
        by client: Client,
        _ method: HTTPRequest.Method,
        path: String = "/v1/users?limit=2",
        fields: HTTPFields = [:],
        body: String = ""
    ) async throws -> (head: [String], body: String) {
        try await RawServer.run(.text("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) { server in
            let request = HTTPTransportRequest(
                method: method,
                url: server.url(path),
                headerFields: fields,
                body: Array(body.utf8),
                deadline: .seconds(20),
                maximumResponseByteCount: 10
            )
            _ = try await client.send(request).get()
            let text = try #require(server.requests.first)
            let end = try #require(text.firstRange(of: "\r\n\r\n"))
            let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
            let own = ["host:", "connection:", "content-length:", "user-agent:"]
            let head = lines.filter { line in !own.contains { line.lowercased().hasPrefix($0) } }
            let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            return (head + (length.map { [$0.lowercased()] } ?? []), String(text[end.upperBound...]))
        }
    }

    @Test("a GET has the caller's fields and no other", arguments: Client.allCases)
    func get(client: Client) async throws {
        let request = try await sent(by: client, .get, fields: [.authorization: "Bearer abc", .cookie: ""])
        #expect(request.head.first == "GET /v1/users?limit=2 HTTP/1.1")
        #expect(
            Set(request.head.dropFirst().map { $0.lowercased() }) == ["authorization: bearer abc", "cookie: "]
                || Set(request.head.dropFirst().map { $0.lowercased() }) == ["authorization: bearer abc", "cookie:"]
        )
        #expect(request.body.isEmpty)
    }

    @Test(
        "a body goes out with its length and with any method",
        arguments: Client.allCases,
        [HTTPRequest.Method.post, .put, .patch, .delete]
    )
    func body(client: Client, method: HTTPRequest.Method) async throws {
        let body = String(repeating: "{\"a\":1}", count: 1_000)
        let request = try await sent(by: client, method, fields: [.contentType: "application/json"], body: body)
        #expect(request.head.first == "\(method.rawValue) /v1/users?limit=2 HTTP/1.1")
        #expect(
            Set(request.head.dropFirst().map { $0.lowercased() }) == [
                "content-type: application/json", "content-length: 7000",
            ]
        )
        #expect(request.body == body)
    }

    @Test("an empty POST has a length of zero", arguments: Client.allCases)
    func empty(client: Client) async throws {
        #expect(try await sent(by: client, .post).head.dropFirst() == ["content-length: 0"])
    }

    @Test(
        "a path is sent as it stands",
        arguments: Client.allCases,
        ["/a/../b", "/a/./b", "/%2e%2e/%41", "/a//b?c=%20"]
    )
    func path(client: Client, path: String) async throws {
        #expect(try await sent(by: client, .get, path: path).head.first == "GET \(path) HTTP/1.1")
    }

    @Test("many requests at once each get their own answer", arguments: Client.allCases)
    func concurrent(client: Client) async throws {
        try await RawServer.run(.text("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")) { server in
            try await client.withTransport { transport in
                try await withThrowingTaskGroup(of: HTTPTransportResponse.self) { group in
                    for number in 0..<50 {
                        group.addTask {
                            try await transport.send(
                                HTTPTransportRequest(
                                    url: server.url("/\(number)"),
                                    deadline: .seconds(60),
                                    maximumResponseByteCount: 10
                                )
                            )
                        }
                    }
                    for try await response in group { #expect(response.body == Array("x".utf8)) }
                }
            }
            #expect(Set(server.requests.map { $0.prefix { $0 != "\r\n" } }).count == 50)
        }
    }
}
#endif
