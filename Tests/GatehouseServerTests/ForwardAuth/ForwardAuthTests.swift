#if Server
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseTesting
import TestSupport
import Testing

@testable import GatehouseServer

/// Forward-auth, asked as each proxy asks.
struct ForwardAuthTests {
    /// How a proxy says which request is meant.
    enum Dialect: String, CaseIterable {
        /// nginx, HAProxy: https://nginx.org/en/docs/http/ngx_http_auth_request_module.html
        case original
        /// Traefik: https://doc.traefik.io/traefik/middlewares/http/forwardauth/; Caddy: https://caddyserver.com/docs/caddyfile/directives/forward_auth
        case forwarded
        /// Envoy: https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/ext_authz/v3/ext_authz.proto
        case path
    }

    private static func ask(
        _ server: RunningSidecar,
        _ dialect: Dialect,
        _ method: String,
        _ path: String,
        _ fields: [(String, String)]
    ) async throws -> HTTPClient.Reply {
        switch dialect {
        case .original:
            try await server.client.send(
                "GET",
                server.address + "/forward-auth",
                fields + [("X-Original-Method", method), ("X-Original-URI", path)]
            )
        case .forwarded:
            try await server.client.send(
                "GET",
                server.address + "/forward-auth",
                fields + [("X-Forwarded-Method", method), ("X-Forwarded-Uri", path)]
            )
        case .path: try await server.client.send(method, server.address + "/forward-auth" + path, fields)
        }
    }

    /// Runs the fixture's server.
    private static func withServer(
        _ change: (inout ServerConfiguration) throws -> Void = { _ in },
        _ body: @escaping @Sendable (RunningSidecar, ForwardAuthFixture) async throws -> Void
    ) async throws {
        let fixture = try ForwardAuthFixture()
        defer { fixture.folder.remove() }
        var configuration = try fixture.configuration()
        try change(&configuration)
        try await RunningSidecar.with(configuration) { try await body($0, fixture) }
    }

    @Test("A request is judged as it was sent to the proxy", arguments: Dialect.allCases)
    func cases(dialect: Dialect) async throws {
        try await Self.withServer { server, fixture in
            for one in try fixture.cases() {
                // A proxy takes what its client sends under these names away, by its recipe.
                let fields = one.fields.filter {
                    !$0.0.lowercased().hasPrefix("x-forwarded") && !$0.0.lowercased().hasPrefix("x-original")
                }
                // The client of this test would itself make `..` of a path.
                if dialect == .path, one.path.contains("..") || one.path.lowercased().contains("%2e") { continue }
                let reply = try await Self.ask(server, dialect, one.method, one.path, fields)
                #expect(reply.status == one.status, "\(one.name): \(reply.text)")
                #expect(reply.field("X-Request-Id")?.isEmpty == false)
                if one.status == 200 {
                    #expect(reply.field("X-Gatehouse-User") == one.user, "\(one.name)")
                    for name in ["Organization", "Role", "Session"] {
                        #expect(reply.field("X-Gatehouse-\(name)") != nil, "\(one.name)")
                    }
                    #expect(reply.body.isEmpty)
                } else {
                    #expect(reply.field("Cache-Control") == "no-store", "\(one.name)")
                }
                if one.status == 401 { #expect(reply.field("WWW-Authenticate")?.hasPrefix("Bearer") == true) }
            }
        }
    }

    @Test("An answer's four fields say who asks")
    func fields() async throws {
        try await Self.withServer { server, fixture in
            let fields = [("Authorization", "Bearer \(try fixture.token("org:admin"))")]
            let reply = try await Self.ask(server, .original, "GET", "/api/invoices/7", fields)
            #expect(reply.field("X-Gatehouse-User") == "user_1")
            #expect(reply.field("X-Gatehouse-Organization") == "org_1")
            #expect(reply.field("X-Gatehouse-Role") == "org:admin")
            #expect(reply.field("X-Gatehouse-Session") == "sess_1")
        }
    }

    private static let unspeakableNames: [String] = [
        "user\u{7}bell", "user\r\nX-Gatehouse-Role: org:admin", String(repeating: "u", count: 4_000), " user",
        "user ",
    ]

    @Test("A name that no field can carry, or that is too long, goes no further", arguments: unspeakableNames)
    func unspeakable(user: String) async throws {
        try await Self.withServer { server, fixture in
            let fields = [("Authorization", "Bearer \(try fixture.token(user: user))")]
            let reply = try await Self.ask(server, .original, "GET", "/api/invoices/7", fields)
            #expect(reply.status == 403)
            #expect(reply.field("X-Gatehouse-User") == nil)
            #expect(reply.field("X-Gatehouse-Role") == nil)
        }
    }

    @Test("A failed step-up has the body that Clerk's front end understands")
    func stepUp() async throws {
        try await Self.withServer { server, fixture in
            let fields = [("Authorization", "Bearer \(try fixture.staleToken())")]
            let reply = try await Self.ask(server, .forwarded, "GET", "/step-up", fields)
            #expect(reply.status == 403)
            #expect(reply.json?["clerk_error"]?["reason"] == "reverification-error")
        }
    }

    private static let ambiguousFields: [[(String, String)]] = [
        [], [("X-Forwarded-Uri", "/public/a")], [("X-Original-Method", "GET")],
        [("X-Forwarded-Method", "GET"), ("X-Forwarded-Uri", "")],
        [("X-Forwarded-Method", ""), ("X-Forwarded-Uri", "/public/a")],
        [("X-Forwarded-Method", "GET, POST"), ("X-Forwarded-Uri", "/public/a")],
        [("X-Forwarded-Method", "GET"), ("X-Forwarded-Uri", "/public/a"), ("X-Forwarded-Uri", "/public/a")],
        [("X-Forwarded-Method", "GET"), ("X-Forwarded-Method", "GET"), ("X-Forwarded-Uri", "/public/a")],
        [
            ("X-Forwarded-Method", "GET"), ("X-Forwarded-Uri", "/public/a"), ("X-Original-Method", "GET"),
            ("X-Original-URI", "/api/invoices"),
        ],
        [
            ("X-Forwarded-Method", "GET"), ("X-Forwarded-Uri", "/public/a"), ("X-Original-Method", "POST"),
            ("X-Original-URI", "/public/a"),
        ],
        [("X-Forwarded-Method", "GET"), ("X-Forwarded-Uri", "/public/a"), ("X-Original-URI", "/public/a")],
    ]

    @Test("Fields that do not name one request are 400", arguments: ambiguousFields)
    func ambiguous(fields: [(String, String)]) async throws {
        try await Self.withServer { server, _ in
            let reply = try await server.client.send("GET", server.address + "/forward-auth", fields)
            #expect(reply.status == 400, "\(reply.text)")
            #expect(reply.field("X-Gatehouse-User") == nil)
        }
    }

    @Test("Two families of fields that agree are one, and the path of the request goes before a client's fields")
    func agreement() async throws {
        try await Self.withServer { server, _ in
            let both = [
                ("X-Forwarded-Method", "GET"), ("X-Forwarded-Uri", "/public/a"), ("X-Original-Method", "GET"),
                ("X-Original-URI", "/public/a"),
            ]
            let agreed = try await server.client.send("GET", server.address + "/forward-auth", both)
            #expect(agreed.status == 200)
            // Never the sidecar's own path.
            #expect(try await server.client.send("POST", server.address + "/forward-auth?/public/a").status == 400)
            let sent = [("X-Forwarded-Method", "GET"), ("X-Forwarded-Uri", "/public/a")]
            #expect(
                try await server.client.send("GET", server.address + "/forward-auth/api/invoices", sent).status == 401
            )
            // A slash too many in a proxy's configuration must not make every request one for “/”.
            #expect(try await server.client.send("GET", server.address + "/forward-auth/", sent).status == 400)
        }
    }

    @Test("Only a trusted proxy may ask")
    func untrusted() async throws {
        let proxies = [try #require(AddressRange("10.0.0.0/8"))]
        try await Self.withServer({ $0.trustedProxies = proxies }) { server, _ in
            for fields in [[], [("X-Forwarded-For", "10.0.0.1")]] {
                let reply = try await Self.ask(server, .original, "GET", "/public/a", fields)
                #expect(reply.status == 403)
                #expect(reply.field("X-Gatehouse-User") == nil)
            }
        }
    }

    @Test("A proxy that asks again for the words of a refusal is never told to go on")
    func askingAgain() async throws {
        try await Self.withServer { server, _ in
            let again = [("X-Gatehouse-Refusal", "1")]
            let reply = try await Self.ask(server, .original, "GET", "/public/a", again)
            #expect(reply.status == 503)
            #expect(reply.field("Retry-After") == "1")
            #expect(try await Self.ask(server, .original, "GET", "/api/invoices", again).status == 401)
        }
    }

    @Test("Keys that cannot be had are 503, and readiness tells of the failure")
    func noKeys() async throws {
        // Nobody listens there: the port is reserved (RFC 6335 section 6).
        try await Self.withServer({ $0.clerk?.keys = .url("http://127.0.0.1:1/jwks") }) { server, fixture in
            let fields = [("Authorization", "Bearer \(try fixture.token())")]
            let reply = try await Self.ask(server, .original, "GET", "/api/invoices", fields)
            #expect(reply.status == 503)
            #expect(reply.field("Retry-After") != nil)
            #expect(reply.json?["code"] == "unavailable")
            let ready = try await server.client.send("GET", server.address + "/health/ready")
            #expect(ready.status == 503)
            #expect(ready.json?["ready"] == false)
            #expect(ready.json?["keys"]?["status"] == "unavailable")
            #expect(ready.json?["policy"]?["status"] == "loaded")
            #expect(try await server.client.send("GET", server.address + "/health/live").status == 200)
            #expect(try await Self.ask(server, .original, "GET", "/public/a", []).status == 200)
        }
    }
}
#endif
