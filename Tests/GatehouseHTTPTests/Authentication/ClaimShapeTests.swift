import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("Claims of the shapes that identity providers give them")
struct ClaimShapeTests {
    private static let issuer = "https://id.example.com"

    private func authenticate(
        _ claims: JSONValue,
        demands: [ClaimDemand] = [],
        issuer: String = issuer
    ) async throws -> Authentication {
        let token = try Self.token(claims, issuer: issuer)
        return try await Self.authenticator(issuer: issuer, demands: demands).authenticate(
            Fixture.request(token: token)
        )
    }

    private static func token(_ claims: JSONValue, issuer: String) throws -> String {
        let all = TokenMinter.claims(subject: "alice", issuer: issuer, at: Fixture.now, adding: claims)
        return try TokenMinter(keyPair: try Fixture.pair.get()).token(claims: all)
    }

    private static func authenticator(issuer: String?, demands: [ClaimDemand] = []) throws -> JWTAuthenticator {
        JWTAuthenticator(
            verifier: try TokenVerifier(
                keys: try Fixture.pair.get().keySet,
                configuration: .init(issuer: issuer),
                clock: Fixture.clock.wall
            ),
            claims: ClaimMapping(organization: "organization", roles: ["roles"]),
            demands: demands
        )
    }

    @Test(
        "a single organization is found in any of its forms, and of several none is chosen",
        arguments: [
            ("acme", "acme", nil, 0), (["acme"], "acme", nil, 0), (["acme", "acme"], "acme", nil, 0),
            (["acme": ["id": "o-1"]], "o-1", "acme", 0), (["acme": [:]], "acme", nil, 0), ([], nil, nil, 0),
            (["acme", "globex"], nil, nil, 2), (["acme": ["id": "o-1"], "globex": ["id": "o-2"]], nil, nil, 2),
            ([""], nil, nil, 0), (["acme", ""], nil, nil, 0), (["acme", 7], nil, nil, 0), ([:], nil, nil, 0),
            (7, nil, nil, 0), ("", nil, nil, 0),
        ] as [(JSONValue, String?, String?, Int)]
    )
    func organizations(claim: JSONValue, id: String?, slug: String?, several: Int) async throws {
        guard case .authenticated(let principal) = try await authenticate(["organization": claim]) else {
            Issue.record("the token is refused")
            return
        }
        #expect(principal.organization?.id == id)
        #expect(principal.organization?.slug == slug)
        #expect(principal.organizations.count == several)
    }

    @Test("the route's organization is chosen of several, where the route asks for it")
    func chosen() async throws {
        let authorizer = try Fixture.authorizer.get()
        let token = try Self.token(
            ["organization": ["acme": ["id": "o-1"], "globex": ["id": "o-2"]], "roles": ["org:reader"]],
            issuer: Self.issuer
        )
        let rules = RouteRules(
            try RouteRule(
                "/orgs/{org}/invoices",
                requires: .organization(inPath: "org"),
                .permission("org:invoices:read")
            ),
            try RouteRule("/orgs/{org}/any", requires: .organization(.any)),
            try RouteRule("/globex", requires: .organization(.named("globex")), .permission("org:invoices:read")),
            try RouteRule("/umbrella", requires: .organization(.named("umbrella"))),
            try RouteRule("/not-globex", requires: .not(.organization(.named("o-2")))),
            try RouteRule("/either", requires: .anyOf(.organization(.named("acme")), .organization(.named("globex")))),
            try RouteRule("/{a}/{b}", requires: .organization(inPath: "a"), .organization(inPath: "b"))
        )
        let routes = RouteGuard(rules, by: try Self.authenticator(issuer: Self.issuer), authorizer)
        for (path, organization) in [
            ("/orgs/globex/invoices", "o-2"), ("/orgs/o-1/invoices", "o-1"), ("/orgs/other/invoices", nil),
            ("/orgs/globex/any", nil), ("/o-1/o-2", nil), ("/o-1/o-1", "o-1"), ("/globex", "o-2"), ("/umbrella", nil),
            ("/not-globex", nil), ("/either", nil),
        ] {
            let request = AuthorizationRequest(
                method: .get,
                path: path,
                headerFields: [.authorization: "Bearer \(token)"]
            )
            let result = await routes.authorize(request)
            #expect(result.proceeding?.principal?.organization?.id == organization, "\(path)")
            #expect(result.status == (organization == nil ? 403 : 200), "\(path)")
            #expect(result.proceeding?.isDecided != false)
        }
    }

    @Test("a demand on any claim is met, or the token is refused")
    func demands() async throws {
        let claims: JSONValue = ["client_id": "app-1", "token_use": "access", "amr": ["pwd", "mfa"], "verified": true]
        for (demand, isMet) in [
            (ClaimDemand("client_id", isOneOf: ["app-2", "app-1"]), true),
            (ClaimDemand("client_id", isOneOf: ["app-2"]), false), (ClaimDemand("client_id", isOneOf: []), false),
            (ClaimDemand("token_use", isOneOf: ["id"]), false), (ClaimDemand("absent", isOneOf: ["x"]), false),
            (ClaimDemand("verified", isOneOf: [true]), true), (ClaimDemand("verified", isOneOf: ["true"]), false),
            (ClaimDemand("amr", contains: "mfa"), true), (ClaimDemand("amr", contains: "otp"), false),
            (ClaimDemand("amr", isOneOf: ["mfa"]), false), (ClaimDemand("client_id", contains: "app-1"), false),
        ] {
            switch try await authenticate(claims, demands: [demand]) {
            case .authenticated: #expect(isMet, "\(demand)")
            case .rejected(let code, _): #expect(!isMet && code == "token-verification-failed", "\(demand)")
            default: Issue.record("\(demand)")
            }
        }
    }

    @Test("a token on a route with several issuers is judged by its own issuer")
    func issuers() async throws {
        let staff = "https://staff.example.com"
        let partners = "https://partners.example.com"
        let authenticator = try IssuerAuthenticator([
            (staff, Self.authenticator(issuer: staff)), (partners, Self.authenticator(issuer: partners)),
            ("https://lax.example.com", Self.authenticator(issuer: staff)),
        ])
        for (issuer, code) in [
            (staff, nil), (partners, nil), ("https://STAFF.example.com", "token-invalid-issuer"),
            ("https://lax.example.com", "token-invalid-issuer"), ("", "token-invalid-issuer"),
        ] {
            let token = try Self.token([:], issuer: issuer)
            switch await authenticator.authenticate(Fixture.request(token: token)) {
            case .authenticated(let principal): #expect(code == nil && principal.issuer == issuer)
            case .rejected(let found, _): #expect(found == code, "\(issuer)")
            default: Issue.record("\(issuer)")
            }
        }
        guard case .anonymous = await authenticator.authenticate(Fixture.request()) else {
            Issue.record("a request without a credential")
            return
        }
        guard case .rejected("token-invalid", _) = await authenticator.authenticate(Fixture.request(token: "opaque"))
        else {
            Issue.record("an opaque token")
            return
        }
        #expect(throws: SettingError.self) {
            try IssuerAuthenticator([(staff, authenticator), (staff, authenticator)])
        }
    }

    @Test("an authenticator that answers with a principal of another issuer is not believed")
    func otherPrincipal() async throws {
        let answer = Authentication.authenticated(Principal("alice", issuer: "https://other.example.com"))
        let authenticator = try IssuerAuthenticator([(Self.issuer, FixedAuthenticator(answer))])
        let request = Fixture.request(token: try Self.token([:], issuer: Self.issuer))
        guard case .rejected("token-invalid-issuer", _) = await authenticator.authenticate(request) else {
            Issue.record("the principal is believed")
            return
        }
    }
}
