import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("A route guard judges requests by rules, and refuses requests without a rule")
struct RouteGuardTests {
    private func authorize(_ authentication: Authentication, _ method: HTTPRequest.Method, _ path: String) async throws
        -> AuthorizationResult
    {
        let rules = RouteRules(
            try RouteRule("/public/**", requires: .public),
            try RouteRule("/orgs/{org}", requires: .organization(inPath: "org")),
            try RouteRule("/invoices", methods: [.get], requires: .permission("org:invoices:read"))
        )
        let authenticator = FixedAuthenticator(authentication)
        return await RouteGuard(rules, by: authenticator, try Fixture.authorizer.get())
            .authorize(AuthorizationRequest(method: method, path: path, requestID: "request-1"))
    }

    private static let reader = Authentication.authenticated(
        Principal("user_1", organization: "org_1", roles: ["org:reader"])
    )

    @Test(
        "a route guard answers with 200, 400, 401, 403 or 503",
        arguments: [
            ("GET", "/public/x?a=//", 200, 200), ("GET", "/public//x", 400, 400), ("GET", "/invoices", 401, 200),
            ("HEAD", "/invoices", 401, 200), ("POST", "/invoices", 401, 403), ("GET", "/nothing", 401, 403),
            ("GET", "/orgs/org_1", 401, 200), ("GET", "/orgs/org_2", 401, 403), ("GET", "/%69nvoices", 400, 400),
            ("GET", "/invoices/", 401, 403), ("OPTIONS", "*", 400, 400),
        ]
    )
    func status(method: String, path: String, anonymous: Int, reader: Int) async throws {
        let method = HTTPRequest.Method(rawValue: method) ?? .get
        #expect(try await authorize(.anonymous, method, path).status == anonymous)
        #expect(try await authorize(Self.reader, method, path).status == reader)
        let unavailable = Authentication.unavailable(code: "keys", message: "down")
        let expected = anonymous == 401 ? 503 : anonymous
        #expect(try await authorize(unavailable, method, path).status == expected)
    }

    @Test("a bad path is refused as a bad path, with nothing finer")
    func badPath() async throws {
        let rejection = try #require(try await authorize(.anonymous, .get, "/a;b").rejection)
        let body = String(decoding: rejection.body, as: UTF8.self)
        #expect(body.contains(#""code":"bad-request""#) && body.contains(#""status":400"#))
        #expect(rejection.response.headerFields[.cacheControl] == "no-store")
        #expect(rejection.reason.code == "ambiguous-path")
    }
}
