import GatehouseClerk
import GatehouseTesting
import Testing

@Suite("OAuth tokens and users' API keys of Clerk may do what their scopes stand for")
struct DelegatedTokenTests {
    private static let issuer = "https://clerk.example.com"

    /// The rights of an administrator of the whole system, by the policy's own word.
    private func authorizer(scopes: ScopeMap) throws -> Authorizer {
        let policy = Policy {
            Role("admin") { Grants("**") }
            Assignment("admin", to: "user_1")
        }
        return Authorizer(engine: try PolicyEngine(policy), scopes: scopes, issuer: Self.issuer)
    }

    private struct Issuer: OpaqueTokenVerifier {
        let token: OpaqueToken
        func verify(_ token: String, kind: ClerkTokenKind) async throws(OpaqueTokenError) -> OpaqueToken? { self.token }
    }

    private func status(
        _ credential: String,
        _ requirement: Requirement,
        scopes: ScopeMap,
        configuration: ClerkAuthenticator.Configuration = .init(
            issuer: Self.issuer,
            acceptedTokens: [.session, .oauth, .apiKey]
        ),
        opaque: OpaqueToken = OpaqueToken(id: "ak_1", subject: "user_1")
    ) async throws -> Int {
        let authenticator = try ClerkAuthenticator(
            keys: try Fixture.pair.get().keySet,
            opaqueTokens: Issuer(token: opaque),
            configuration: configuration,
            clock: ManualClock(Fixture.now).wall
        )
        let guarded = AuthenticationGuard(authenticator).requiring(requirement, by: try authorizer(scopes: scopes))
        let request = AuthorizationRequest(
            method: .get,
            path: "/admin",
            headerFields: [.authorization: "Bearer \(credential)"]
        )
        switch await guarded.authorize(request) {
        case .proceed: return 200
        case .reject(let rejection): return rejection.response.status.code
        }
    }

    private func token(_ claims: JSONValue, type: String = "at+jwt") throws -> String {
        let claims = TokenMinter.claims(subject: "user_1", issuer: Self.issuer, at: Fixture.now, adding: claims)
        return try TokenMinter(keyPair: Fixture.pair.get()).token(
            claims: claims,
            header: ["alg": "RS256", "kid": .string(Fixture.pair.get().id), "typ": .string(type)]
        )
    }

    private static let admin: [Requirement] = [.permission("admin:delete"), .role("admin"), .allOf(.role("admin"))]

    @Test(
        "an OAuth token of a global administrator with the scope profile is 403 on an admin route",
        arguments: [["scp": ["profile"]], ["scope": "profile email"], ["scp": []], [:]] as [JSONValue]
    )
    func profile(scopes: JSONValue) async throws {
        let session = try token([:], type: "JWT")
        for requirement in Self.admin {
            for map in [[:], ["invoices.read": ["invoices:read"]]] as [ScopeMap] {
                #expect(try await status(try token(scopes), requirement, scopes: map) == 403)
            }
            #expect(try await status(session, requirement, scopes: [:]) == 200, "the administrator's own session")
        }
    }

    @Test("an OAuth token with a mapped scope may do what the scope stands for, and no more")
    func mapped() async throws {
        let map: ScopeMap = ["invoices.read": ["invoices:read"], "roles": ["roles:*"]]
        let token = try token(["scp": ["profile", "invoices.read"]])
        #expect(try await status(token, .permission("invoices:read"), scopes: map) == 200)
        for requirement in Self.admin + [.permission("roles:assign"), .permission("invoices:write")] {
            #expect(try await status(token, requirement, scopes: map) == 403)
        }
    }

    @Test(
        "a user's API key is limited to its scopes, and an organization's own key is no delegation",
        arguments: [
            ("user_1", [], "admin:delete", 403), ("user_1", ["keys"], "admin:delete", 403),
            ("user_1", ["keys"], "keys:read", 200), ("org_1", [], "admin:delete", 403),
        ] as [(String, [String], String, Int)]
    )
    func apiKeys(subject: String, scopes: [String], permission: String, expected: Int) async throws {
        let key = OpaqueToken(id: "ak_1", subject: subject, scopes: scopes, claims: ["role": "admin"])
        let permission = try Permission(validating: permission)
        #expect(
            try await status("ak_secret", .permission(permission), scopes: ["keys": ["keys:read"]], opaque: key)
                == expected
        )
    }

    @Test(
        "a client can be demanded of OAuth tokens, JWT or opaque, and of no others",
        arguments: [
            (["client_1"], "client_1", 200), (["client_0", "client_1"], "client_1", 200),
            (["client_1"], "client_2", 401), (["client_1"], "CLIENT_1", 401), (["client_1"], nil, 401),
            ([""], "", 401), ([], "client_2", 200), ([], nil, 200),
        ] as [([String], String?, Int)]
    )
    func clients(accepted: [String], client: String?, expected: Int) async throws {
        let configuration = ClerkAuthenticator.Configuration(
            acceptedTokens: [.session, .oauth, .apiKey],
            clients: accepted
        )
        func status(_ credential: String) async throws -> Int {
            try await self.status(
                credential,
                .tokenKind(.session, .oauth, .apiKey),
                scopes: [:],
                configuration: configuration,
                opaque: OpaqueToken(id: "oat_1", subject: "user_1", clientID: client)
            )
        }
        #expect(try await status(token(["client_id": client.map { .string($0) } ?? .null])) == expected)
        #expect(try await status("oat_secret") == expected)
        #expect(try await status("ak_secret") == 200)
        #expect(try await status(token([:], type: "JWT")) == 200)
    }

    @Test("a principal has the end of its credential and the actor")
    func expiry() async throws {
        let token = try token(["scp": ["a"], "client_id": "c", "act": ["sub": "user_2"], "tier": "gold"])
        let principal = try #require(
            try await Outcome(of: [.authorization: "Bearer \(token)"], .init(acceptedTokens: [.oauth])).principal
        )
        #expect(principal.expiresAt == Fixture.now.advanced(by: .seconds(60)))
        #expect(principal.scopes == ["a"] && principal.clientID == "c" && principal.actor == ["sub": "user_2"])
        #expect(principal.claims["tier"] == "gold" && principal.attributes == [:])
    }
}
