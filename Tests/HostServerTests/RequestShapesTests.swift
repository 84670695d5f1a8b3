#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseHTTP
import NIOCore
import Testing

/// Bytes that a server could take for another number of requests than a proxy before it does.
struct RequestShape: Sendable {
    let name: String
    let lines: [String]
    let body: String

    init(_ name: String, _ lines: [String], body: String = "") {
        (self.name, self.lines, self.body) = (name, lines, body)
    }

    /// The bytes, with a member's token for `TOKEN`, and behind them a request that ends the connection.
    var text: String {
        get throws {
            let token = try Caller.member.token ?? ""
            let last = "GET /pages/last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            return (lines + ["", body]).joined(separator: "\r\n").replacing("TOKEN", with: token) + last
        }
    }
}

@Suite("No shape of a request gets past the guard", .serialized)
struct RequestShapesTests {
    private static let hidden = "GET /me HTTP/1.1\r\nHost: localhost\r\n\r\n"

    static let shapes: [RequestShape] = [
        RequestShape(
            "two lengths of a body",
            ["POST /public HTTP/1.1", "Host: localhost", "Content-Length: 6", "Transfer-Encoding: chunked"],
            body: "0\r\n\r\n" + hidden
        ),
        RequestShape(
            "an unknown coding",
            ["POST /public HTTP/1.1", "Host: localhost", "Transfer-Encoding: xchunked"],
            body: "0\r\n\r\n" + hidden
        ),
        RequestShape(
            "lengths that differ",
            ["POST /public HTTP/1.1", "Host: localhost", "Content-Length: 0", "Content-Length: 4"],
            body: "abcd"
        ),
        RequestShape(
            "a length that is no number",
            ["POST /public HTTP/1.1", "Host: localhost", "Content-Length: 0x4"],
            body: "abcd"
        ),
        RequestShape(
            "a space before a colon",
            ["GET /me HTTP/1.1", "Host: localhost", "Authorization : Bearer TOKEN"]
        ),
        RequestShape(
            "a folded field",
            ["GET /me HTTP/1.1", "Host: localhost", "Authorization: Bearer", " TOKEN"]
        ),
        RequestShape(
            "a credential in a field of another name",
            ["GET /me HTTP/1.1", "Host: localhost", "Authorization_: Bearer TOKEN", "X: Authorization: Bearer TOKEN"]
        ),
        RequestShape(
            "a request behind one that ends the connection",
            ["GET /pages/a HTTP/1.1", "Host: localhost", "Connection: close"],
            body: hidden
        ),
        RequestShape(
            "a request behind a refused one that ends the connection",
            ["GET /me HTTP/1.1", "Host: localhost", "Connection: close"],
            body: hidden
        ),
        RequestShape(
            "a body that looks like a request, refused",
            ["POST /invoices HTTP/1.1", "Host: localhost", "Content-Length: \(hidden.utf8.count)"],
            body: hidden
        ),
        RequestShape(
            "a body that looks like a request, let through",
            ["POST /public HTTP/1.1", "Host: localhost", "Content-Length: \(hidden.utf8.count)"],
            body: hidden
        ),
        RequestShape(
            "a HEAD with a body",
            ["HEAD /me HTTP/1.1", "Host: localhost", "Content-Length: \(hidden.utf8.count)", "Connection: close"],
            body: hidden
        ),
        RequestShape(
            "a refused request that waits for 100",
            ["POST /invoices HTTP/1.1", "Host: localhost", "Content-Length: 4", "Expect: 100-continue"],
            body: "abcd"
        ),
        RequestShape(
            "an expectation that nobody knows",
            ["GET /me HTTP/1.1", "Host: localhost", "Expect: the-unexpected"]
        ),
        RequestShape(
            "HTTP/1.0 that stays",
            ["GET /me HTTP/1.0", "Connection: keep-alive"]
        ),
        RequestShape("HTTP/1.0 that goes", ["GET /me HTTP/1.0"], body: hidden),
        RequestShape(
            "a preflight with a credential and a body",
            [
                "OPTIONS /me HTTP/1.1", "Host: localhost", "Origin: https://app.example.com",
                "Access-Control-Request-Method: GET", "Authorization: Bearer TOKEN",
                "Content-Length: \(hidden.utf8.count)",
            ],
            body: hidden
        ),
        RequestShape(
            "a preflight of two origins",
            [
                "OPTIONS /me HTTP/1.1", "Host: localhost", "Origin: https://evil.example.com",
                "Origin: https://app.example.com", "Access-Control-Request-Method: GET",
            ]
        ),
        RequestShape(
            "a WebSocket upgrade with bytes behind it",
            [
                "GET /me HTTP/1.1", "Host: localhost", "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            ],
            body: hidden
        ),
        RequestShape(
            "an upgrade to HTTP/2 with bytes behind it",
            [
                "GET /me HTTP/1.1", "Host: localhost", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
            ],
            body: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
        ),
        RequestShape("HTTP/2 without an upgrade", ["PRI * HTTP/2.0", "", "SM"]),
        RequestShape("HTTP/0.9", ["GET /me"]),
        RequestShape("a version that nobody knows", ["GET /me HTTP/3.7", "Host: localhost"]),
        RequestShape(
            "a whole address of a public path",
            ["GET http://localhost/public?/me HTTP/1.1", "Host: localhost"]
        ),
        RequestShape(
            "a whole address whose host is a path",
            ["GET http:///me HTTP/1.1", "Host: localhost"]
        ),
        RequestShape("an authority", ["CONNECT localhost:80 HTTP/1.1", "Host: localhost"], body: hidden),
        RequestShape("a trace", ["TRACE /none HTTP/1.1", "Host: localhost"]),
        RequestShape(
            "a NUL in a field",
            ["GET /me HTTP/1.1", "Host: localhost", "Authorization: Bearer \0TOKEN"]
        ),
        RequestShape("two hosts", ["GET /me HTTP/1.1", "Host: localhost", "Host: other"]),
    ]

    @Test("no handler runs unguarded for any shape of a request", arguments: [Host.nio, .hummingbird])
    func table(host: Host) async throws {
        let api = try GuardedAPI()
        try await host.run(api) { port in
            let answers = try await withThrowingTaskGroup(of: [RawAnswer].self) { group in
                for shape in Self.shapes {
                    let text = try shape.text
                    // A server may wait for the rest of a shape: the connection then ends after a moment.
                    group.addTask { try await exchange(with: port, text, count: .max, patience: .seconds(5)) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(!answers.contains { $0.status == 500 }, "\(answers)")
            #expect(answers.count >= Self.shapes.count / 2, "\(answers)")
            let handled = api.handledRequests
            #expect(handled.count >= 8, "\(handled)")
            for (path, user) in handled {
                let isPublic = path.hasPrefix("/public") || path.hasPrefix("/pages/")
                #expect(isPublic || user != nil, "\(path)")
            }
        }
    }
}
#endif
