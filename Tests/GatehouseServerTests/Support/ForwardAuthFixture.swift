#if Server
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseTesting
import GatehouseTokens

@testable import GatehouseServer
import TestSupport

/// An issuer, a policy and route rules: what the tests of forward-auth and of proxies ask about.
struct ForwardAuthFixture: Sendable {
    static let party = "https://app.example.com"
    let issuer: TestIssuer
    let folder: TemporaryFolder

    init() throws {
        issuer = try TestIssuer(authorizedParty: Self.party)
        folder = try TemporaryFolder()
        try folder.write(issuer.keyPair.jwks.description, to: "jwks.json")
        try folder.write(Self.policy, to: "policy.yaml")
        try folder.write(Self.file, to: "gatehouse.yaml")
    }

    static let policy = """
        gatehouse: 1
        permissions:
          org:invoices:read: Read invoices
          org:invoices:write: Write invoices
        roles:
          org:member: { grants: [org:invoices:read] }
          org:admin: { inherits: [org:member], grants: [org:invoices:write] }

        """

    static let file = """
        policy: policy.yaml
        clerk:
          jwks: jwks.json
          issuer: https://clerk.example.com
          authorizedParties: [https://app.example.com]
        routes:
          - { path: /public/**, public: true }
          - { path: /api/invoices/**, methods: [GET, HEAD], require: { permission: org:invoices:read } }
          - { path: /api/invoices/**, require: { permission: org:invoices:write } }
          - { path: "/orgs/{org}/**", require: { organization: "{org}" } }
          - { path: /step-up, require: { factor: { level: second_factor, within: 10m } } }
          - { path: /ws, require: { authenticated: true } }
          - { path: /upload, require: { authenticated: true } }

        """

    func configuration() throws -> ServerConfiguration {
        try ServerConfiguration(file: folder.file("gatehouse.yaml"), environment: [:])
    }

    func token(_ role: String = "org:member", user: String = "user_1", of organization: String = "org_1") throws
        -> String
    {
        try issuer.token(for: .member(user, of: organization, role: role), lifetime: .seconds(3_000))
    }

    /// A token of an issuer whose key nobody knows.
    func forgedToken() throws -> String {
        try TestIssuer(authorizedParty: Self.party).token(for: .member(of: "org_1"))
    }

    func expiredToken() throws -> String {
        let past = WallClock.system.now().advanced(by: .seconds(-600))
        return try issuer.token(for: .member(of: "org_1"), at: past)
    }

    func steppedUpToken() throws -> String {
        var claims = ClerkClaims.member(of: "org_1")
        claims.factorAges = [1, 1]
        return try issuer.token(for: claims, lifetime: .seconds(3_000))
    }

    func staleToken() throws -> String {
        var claims = ClerkClaims.member(of: "org_1")
        claims.factorAges = [100, 100]
        return try issuer.token(for: claims, lifetime: .seconds(3_000))
    }

    /// One request of a client, and what must come of it: 200 goes on to the application.
    struct Case: Sendable {
        let name: String
        let method: String
        let path: String
        let fields: [(String, String)]
        let status: Int
        /// The user that the application is told, if the request goes on.
        var user: String?
    }

    /// The requests that every proxy is tried with.
    func cases() throws -> [Case] {
        let member = ("Authorization", "Bearer \(try token())")
        let admin = ("Authorization", "Bearer \(try token("org:admin", user: "user_2"))")
        func one(
            _ name: String,
            _ method: String,
            _ path: String,
            _ fields: [(String, String)],
            _ status: Int,
            _ user: String? = nil
        ) -> Case {
            Case(name: name, method: method, path: path, fields: fields, status: status, user: user)
        }
        return [
            one("nobody at a public path", "GET", "/public/a", [], 200, ""),
            one(
                "the application's own credential at a public path",
                "GET",
                "/public/a",
                [("Authorization", "Basic YTpi")],
                200,
                ""
            ),
            one(
                "two credentials at a public path",
                "GET",
                "/public",
                [("Authorization", "Basic a"), ("X-Other", "b")],
                200,
                ""
            ),
            one("nobody", "GET", "/api/invoices/7", [], 401),
            one("nobody where nothing matches", "GET", "/elsewhere", [], 401),
            one("a member", "GET", "/api/invoices/7", [member], 200, "user_1"),
            one("a member with a query", "GET", "/api/invoices/7?a=%2F..%2Fb", [member], 200, "user_1"),
            one("a member by HEAD", "HEAD", "/api/invoices/7", [member], 200, "user_1"),
            one("a member who writes", "POST", "/api/invoices/7", [member], 403),
            one("a member who deletes", "DELETE", "/api/invoices/7", [member], 403),
            one("an admin who writes", "POST", "/api/invoices/7", [admin], 200, "user_2"),
            one("an admin who patches", "PATCH", "/api/invoices", [admin], 200, "user_2"),
            one("a member where nothing matches", "GET", "/elsewhere", [member], 403),
            one("a member of the organization", "GET", "/orgs/org_1/a", [member], 200, "user_1"),
            one("a member of another organization", "GET", "/orgs/org_2/a", [member], 403),
            one("a forged token", "GET", "/api/invoices/7", [("Authorization", "Bearer \(try forgedToken())")], 401),
            one("an expired token", "GET", "/api/invoices/7", [("Authorization", "Bearer \(try expiredToken())")], 401),
            one("no token", "GET", "/api/invoices/7", [("Authorization", "Bearer ")], 401),
            one("another scheme", "GET", "/api/invoices/7", [("Authorization", "Basic YTpi")], 401),
            one(
                "a session cookie",
                "GET",
                "/api/invoices/7",
                [("Cookie", "a=b; __session=\(try token()); __client_uat=1")],
                200,
                "user_1"
            ),
            one("a session cookie alone", "GET", "/api/invoices/7", [("Cookie", "__session=\(try token())")], 401),
            one(
                "a fresh second factor",
                "GET",
                "/step-up",
                [("Authorization", "Bearer \(try steppedUpToken())")],
                200,
                "user_1"
            ),
            one("an old second factor", "GET", "/step-up", [("Authorization", "Bearer \(try staleToken())")], 403),
            // A client's words about itself decide nothing.
            one("a client that names itself", "GET", "/api/invoices/7", [("X-Gatehouse-User", "admin")], 401),
            one(
                "a member that names itself",
                "GET",
                "/api/invoices/7",
                [member, ("X-Gatehouse-User", "admin"), ("X-Gatehouse-Role", "org:admin")],
                200,
                "user_1"
            ),
            one("nobody that names itself", "GET", "/public/a", [("X-Gatehouse-User", "admin")], 200, ""),
            one(
                "a path of its own",
                "GET",
                "/api/invoices/7",
                [("X-Forwarded-Uri", "/public/a"), ("X-Forwarded-Method", "GET")],
                401
            ),
            one(
                "another path of its own",
                "GET",
                "/api/invoices/7",
                [("X-Original-URI", "/public/a"), ("X-Original-Method", "GET")],
                401
            ),
            one(
                "a method of its own",
                "DELETE",
                "/api/invoices/7",
                [member, ("X-Forwarded-Method", "GET"), ("X-HTTP-Method-Override", "GET")],
                403
            ),
            // Paths that two parsers could read differently.
            one("a dot segment", "GET", "/public/../api/invoices/7", [], 403),
            one("an encoded dot segment", "GET", "/public/%2e%2e/api/invoices/7", [], 403),
            one("two slashes", "GET", "/public//api", [], 403),
            one("an encoded slash", "GET", "/public%2Fa", [], 403),
            one("an encoded letter", "GET", "/%70ublic/a", [], 403),
            one("a parameter", "GET", "/public;a/b", [], 403),
            one("another case", "GET", "/PUBLIC/a", [], 401),
            one("a trailing slash", "GET", "/step-up/", [], 401),
        ]
    }
}
#endif
