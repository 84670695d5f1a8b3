#if Hummingbird
import GatehouseClerk
import GatehouseHummingbird
import GatehouseTesting
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("A guarded Hummingbird server")
struct GuardMiddlewareTests {
    enum Token: Sendable {
        case none, admin, member, expired, forged, pending, other, foreign, malformed

        func field(for server: GuardedApplication) throws -> String? {
            switch self {
            case .none: nil
            case .admin: "Bearer \(try server.session(role: "admin"))"
            case .member: "Bearer \(try server.session(role: "member"))"
            case .expired: "Bearer \(try server.session(role: "admin", lifetime: .seconds(-60)))"
            case .forged: "Bearer \(try server.session(role: "admin").dropLast(8))AAAAAAAA"
            case .pending: "Bearer \(try server.session(role: "admin", status: "pending"))"
            case .other: "Bearer \(try server.minter.token(claims: Self.claims(issuer: "https://id.example.com")))"
            case .foreign: "Bearer \(try server.minter.token(claims: Self.claims(issuer: "https://evil.example.com")))"
            case .malformed: "Basic YTpi"
            }
        }

        private static func claims(issuer: String) -> JSONValue {
            TokenMinter.claims(
                subject: "alice",
                issuer: issuer,
                at: GuardedApplication.now,
                adding: ["realm_access": ["roles": ["org:admin"]]]
            )
        }
    }

    static let rows: [(path: String, token: Token, status: Int, told: String)] = [
        ("/public", .none, 200, "nobody"),
        ("/public", .admin, 200, "nobody"),
        ("/clerk/me", .none, 200, "nobody"),
        ("/clerk/me", .member, 200, "user_1"),
        ("/clerk/me", .expired, 401, "unauthenticated"),
        ("/clerk/invoices", .none, 401, "unauthenticated"),
        ("/clerk/invoices?access_token=x", .none, 401, "unauthenticated"),
        ("/clerk/invoices", .malformed, 401, "unauthenticated"),
        ("/clerk/invoices", .expired, 401, "unauthenticated"),
        ("/clerk/invoices", .forged, 401, "unauthenticated"),
        ("/clerk/invoices", .pending, 401, "unauthenticated"),
        ("/clerk/invoices", .member, 403, "forbidden"),
        ("/clerk/invoices", .admin, 200, "invoices of org_1"),
        ("/clerk/decided", .admin, 200, "decided before"),
        ("/clerk/decided", .member, 403, "forbidden"),
        ("/clerk/forgotten", .admin, 403, "forbidden"),
        ("/clerk/forgotten", .none, 401, "unauthenticated"),
        ("/clerk/repeated/1/of/2", .admin, 403, "forbidden"),
        ("/clerk/repeated/1/of/other/2", .admin, 200, "[\"1\"]"),
        ("/other", .other, 200, "https://id.example.com"),
        ("/other", .foreign, 401, "unauthenticated"),
        ("/other", .none, 401, "unauthenticated"),
        ("/unreachable", .admin, 503, "unavailable"),
        ("/unreachable", .none, 200, "open"),
        ("/clerk/asking", .admin, 503, "unavailable"),
        ("/asking", .none, 503, "unavailable"),
    ]

    @Test("a row of the table is answered as expected, in memory", arguments: rows)
    func inMemory(row: (path: String, token: Token, status: Int, told: String)) async throws {
        try await Self.check(row, over: .router)
    }

    @Test("a row of the table is answered as expected, over a socket", arguments: rows)
    func overASocket(row: (path: String, token: Token, status: Int, told: String)) async throws {
        try await Self.check(row, over: .live)
    }

    private static func check(
        _ row: (path: String, token: Token, status: Int, told: String),
        over setup: TestingSetup
    ) async throws {
        let server = try GuardedApplication()
        let field = try row.token.field(for: server)
        var fields: HTTPFields = [.xRequestID: "request-1"]
        if let field { fields[.authorization] = field }
        let response = try await server.application.test(setup) { [fields] client in
            try await client.execute(uri: row.path, method: .get, headers: fields)
        }
        #expect(response.status.code == row.status)
        let body = String(buffer: response.body)
        guard row.status != 200 else {
            #expect(body == row.told)
            return
        }
        #expect(
            body == #"{"type":"about:blank","title":"\#(response.status.reasonPhrase)","status":\#(row.status),"#
                + #""code":"\#(row.told)","requestID":"request-1"}"#
        )
        #expect(response.headers[values: .contentLength] == ["\(body.utf8.count)"])
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(response.headers[.xRequestID] == "request-1")
        let challenge = field == nil ? "Bearer" : #"Bearer error="invalid_token""#
        #expect(response.headers[.wwwAuthenticate] == (row.status == 401 ? challenge : nil))
        #expect(response.headers.contains(.retryAfter) == (row.status == 503))
    }

    @Test("two Authorization fields over a socket count as no credential")
    func twoFields() async throws {
        let server = try GuardedApplication()
        var fields = HTTPFields()
        fields[values: .authorization] = [try #require(try Token.admin.field(for: server)), "Bearer x"]
        let status = try await server.application.test(.live) { [fields] client in
            try await client.execute(uri: "/clerk/invoices", method: .get, headers: fields).status
        }
        #expect(status == .unauthorized)
    }

    @Test("HEAD is refused without a body, and the connection stays good")
    func head() async throws {
        let server = try GuardedApplication()
        try await server.application.test(.live) { client in
            for _ in 0..<2 {
                let response = try await client.execute(uri: "/clerk/me", method: .head, headers: [.authorization: "x"])
                #expect(response.status == .unauthorized)
                #expect(response.body.readableBytes == 0)
            }
            #expect(try await client.execute(uri: "/public", method: .get).status == .ok)
        }
    }

    @Test("a request without an id gets that of Hummingbird's logs")
    func requestID() async throws {
        let server = try GuardedApplication()
        let ids = try await server.application.test(.live) { client in
            let first = try await client.execute(uri: "/clerk/invoices", method: .get).headers[.xRequestID]
            let second = try await client.execute(uri: "/clerk/invoices", method: .get).headers[.xRequestID]
            return [first, second]
        }
        #expect(ids[0] != nil && ids[0] != ids[1])
    }
}
#endif
