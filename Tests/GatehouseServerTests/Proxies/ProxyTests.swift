#if Server
import Foundation
import GatehouseBase
import GatehouseTesting
import TestSupport
import Testing

@testable import GatehouseServer

/// Real proxies, as their recipes configure them, between a client and an application.
@Suite(.serialized)
struct ProxyTests {
    private static func with(
        _ kind: ProxyProcess.Kind,
        _ configuration: ServerConfiguration,
        _ body: @escaping @Sendable (_ port: Int, _ sidecar: RunningSidecar) async throws -> Void
    ) async throws {
        let upstream = try UpstreamServer()
        defer { upstream.stop() }
        try await RunningSidecar.with(configuration) { server in
            try await ProxyProcess.with(kind, sidecar: server.port, application: upstream.port) { port in
                try await body(port, server)
            }
        }
    }

    private static func table(_ kind: ProxyProcess.Kind) async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        try await with(kind, try fixture.configuration()) { port, _ in
            for one in try fixture.cases() {
                let reply = try await RawConnection.send(one.method, one.path, one.fields, port: port)
                #expect(reply.status == one.status, "\(kind) \(one.name): \(reply.text)")
                // The application's answer repeats the fields that it was sent.
                #expect(reply.field("X-Application") == (one.status == 200 ? one.user : nil), "\(kind) \(one.name)")
                guard one.status != 200 else { continue }
                #expect(reply.count("WWW-Authenticate") == (one.status == 401 ? 1 : 0), "\(kind) \(one.name)")
                #expect(reply.field("Cache-Control") == "no-store", "\(kind) \(one.name)")
            }
            try await bodies(kind, fixture, port)
            try await upgrades(kind, fixture, port)
            try await smuggling(kind, fixture, port)
            try await stalling(kind, port)
        }
    }

    /// An application that reads fields as variables, or takes another path or method from a field, is told nothing by a client.
    private static func smuggling(_ kind: ProxyProcess.Kind, _ fixture: ForwardAuthFixture, _ port: Int) async throws {
        let reply = try await RawConnection.send(
            "GET",
            "/api/invoices/7",
            [
                ("Authorization", "Bearer \(try fixture.token())"),
                ("Connection", "X-Gatehouse-User, x-gatehouse-role"), ("X_Gatehouse_User", "admin"),
                ("X-Gatehouse_User", "admin"), ("X_Gatehouse-Role", "org:admin"), ("X-Original-URL", "/admin"),
                ("X_Original_URL", "/admin"), ("X-Rewrite-URL", "/admin"), ("X-HTTP-Method-Override", "DELETE"),
                ("X_HTTP_Method_Override", "DELETE"), ("X-HTTP-Method", "DELETE"), ("X-Method-Override", "DELETE"),
            ],
            port: port
        )
        #expect(reply.status == 200, "\(kind): \(reply.text)")
        #expect(reply.text.contains(#""smuggled":"""#), "\(kind): \(reply.text)")
        #expect(reply.text.contains(#""user":"user_1""#), "\(kind): \(reply.text)")
        #expect(reply.text.contains(#""role":"org:member""#), "\(kind): \(reply.text)")
    }

    /// Requests whose application never answers keep no other request waiting.
    private static func stalling(_ kind: ProxyProcess.Kind, _ port: Int) async throws {
        var stalled: [RawConnection] = []
        for _ in 0..<100 {
            let connection = try RawConnection(port: port)
            try connection.send("GET /public/stalls HTTP/1.1\r\nHost: app.example.com\r\n\r\n")
            stalled.append(connection)
        }
        for _ in 0..<20 {
            #expect(try await RawConnection.send("GET", "/public/a", port: port).status == 200, "\(kind)")
        }
        #expect(stalled.count == 100)
    }

    /// Uploads arrive whole; refusals have their own bodies; the application's own errors stay its own.
    private static func bodies(_ kind: ProxyProcess.Kind, _ fixture: ForwardAuthFixture, _ port: Int) async throws {
        let member = ("Authorization", "Bearer \(try fixture.token())")
        let upload = [UInt8](repeating: 0x61, count: 3 << 20)
        let taken = try await RawConnection.send("POST", "/upload", [member], body: upload, port: port)
        #expect(taken.status == 200)
        #expect(taken.text.contains(#""bytes":"3145728""#), "\(kind): \(taken.text)")
        let refused = try await RawConnection.send("POST", "/upload", [], body: Array("a=b".utf8), port: port)
        #expect(refused.status == 401)
        #expect(refused.text.contains(#""code":"unauthenticated""#), "\(kind): \(refused.text)")
        let stepUp = try await RawConnection.send(
            "GET",
            "/step-up",
            [("Authorization", "Bearer \(try fixture.staleToken())")],
            port: port
        )
        #expect(stepUp.status == 403)
        #expect(stepUp.text.contains("reverification-error"), "\(kind): \(stepUp.text)")
        let failing = try await RawConnection.send("GET", "/public/fails", port: port)
        #expect(failing.status == 500)
        #expect(failing.text.contains(#""path":"\/public\/fails""#), "\(kind): \(failing.text)")
        // The path reaches the application as it was judged.
        let query = try await RawConnection.send("GET", "/public/a%20b?x=/public/../y", port: port)
        #expect(query.text.contains(#"a%20b?x="#), "\(kind): \(query.text)")
    }

    private static func upgrades(_ kind: ProxyProcess.Kind, _ fixture: ForwardAuthFixture, _ port: Int) async throws {
        let upgrade =
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        let refused = try RawConnection(port: port)
        try refused.send("GET /ws HTTP/1.1\r\nHost: app.example.com\r\n\(upgrade)\r\n")
        #expect(try await refused.reply().status == 401, "\(kind)")
        let taken = try RawConnection(port: port)
        try taken.send(
            "GET /ws HTTP/1.1\r\nHost: app.example.com\r\n\(upgrade)Authorization: Bearer \(try fixture.token())\r\n\r\n"
        )
        #expect(try await taken.reply().status == 101, "\(kind)")
        try taken.send("hello")
        #expect(try await taken.receive(count: 5) == Array("hello".utf8), "\(kind)")
    }

    /// A client whose request nobody can decide is told to come again.
    private static func unavailable(_ kind: ProxyProcess.Kind) async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        var configuration = try fixture.configuration()
        configuration.clerk?.keys = .url("http://127.0.0.1:1/jwks")
        let member = ("Authorization", "Bearer \(try fixture.token())")
        try await with(kind, configuration) { port, _ in
            let reply = try await RawConnection.send("GET", "/api/invoices/7", [member], port: port)
            #expect(reply.status == 503, "\(kind): \(reply.text)")
            #expect(reply.field("Retry-After") != nil, "\(kind)")
            #expect(reply.text.contains(#""code":"unavailable""#), "\(kind): \(reply.text)")
        }
        // Nobody at all.
        let upstream = try UpstreamServer()
        defer { upstream.stop() }
        try await ProxyProcess.with(kind, sidecar: 1, application: upstream.port) { port in
            for path in ["/public/a", "/api/invoices/7"] {
                let reply = try await RawConnection.send("GET", path, [member], port: port)
                #expect(
                    kind == .caddy ? reply.status == 502 : reply.status == 503,
                    "\(kind): \(reply.status) \(reply.text)"
                )
                #expect(reply.field("X-Application") == nil, "\(kind)")
            }
        }
    }

    @Test("nginx lets through the requests that the rules allow, and no others", ProxyProcess.Kind.trait(.nginx))
    func nginx() async throws { try await Self.table(.nginx) }

    @Test("nginx answers 503 where nobody can decide", ProxyProcess.Kind.trait(.nginx))
    func nginxUnavailable() async throws { try await Self.unavailable(.nginx) }

    @Test("HAProxy lets through the requests that the rules allow, and no others", ProxyProcess.Kind.trait(.haproxy))
    func haproxy() async throws { try await Self.table(.haproxy) }

    @Test("HAProxy answers 503 where nobody can decide", ProxyProcess.Kind.trait(.haproxy))
    func haproxyUnavailable() async throws { try await Self.unavailable(.haproxy) }

    @Test("Caddy lets through the requests that the rules allow, and no others", ProxyProcess.Kind.trait(.caddy))
    func caddy() async throws { try await Self.table(.caddy) }

    @Test("Caddy refuses where nobody can decide", ProxyProcess.Kind.trait(.caddy))
    func caddyUnavailable() async throws { try await Self.unavailable(.caddy) }

    @Test("The snippet that init writes is nginx's recipe")
    func snippet() throws {
        let recipe = try String(contentsOf: ProxyProcess.recipes.appending(path: "nginx.conf"), encoding: .utf8)
        #expect(StarterFiles.all.first { $0.name == "nginx-gatehouse.conf" }?.text == recipe)
    }
}
#endif
