import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("Tokens of any issuer, by named claim paths")
struct JWTAuthenticatorTests {
    static let mapping = ClaimMapping(
        organization: "tenant.id",
        roles: ["realm_access.roles", ["https://example.com/roles"]],
        permissions: ["scope", "permissions"]
    )

    static func authenticate(_ token: String?, _ mapping: ClaimMapping = mapping) async throws -> Authentication {
        let verifier = try TokenVerifier(
            keys: try Fixture.pair.get().keySet,
            configuration: .init(issuer: "https://id.example.com"),
            clock: Fixture.clock.wall
        )
        return await JWTAuthenticator(verifier: verifier, claims: mapping).authenticate(Fixture.request(token: token))
    }

    static func principal(_ claims: JSONValue, _ mapping: ClaimMapping = mapping) async throws -> Principal? {
        let minter = TokenMinter(keyPair: try Fixture.pair.get())
        let all = TokenMinter.claims(
            subject: "alice",
            issuer: "https://id.example.com",
            at: Fixture.now,
            adding: claims
        )
        guard case .authenticated(let principal) = try await authenticate(try minter.token(claims: all), mapping) else {
            return nil
        }
        return principal
    }

    @Test("claims become a principal")
    func principal() async throws {
        let principal = try await Self.principal([
            "tenant": ["id": "t1"],
            "realm_access": ["roles": ["admin", "user"]],
            "https://example.com/roles": "auditor guest",
            "scope": "invoices:read  invoices:void",
            "permissions": ["reports:read"],
            "extra": ["x": 1],
        ])
        #expect(principal?.id == "alice")
        #expect(principal?.issuer == "https://id.example.com")
        #expect(principal?.kind == .user)
        #expect(principal?.tokenKind == .jwt)
        #expect(principal?.organization == "t1")
        #expect(principal?.roles.map(\.role) == ["admin", "user", "auditor", "guest"])
        #expect(principal?.permissions == ["invoices:read", "invoices:void", "reports:read"])
        #expect(principal?.attributes["extra"] == ["x": 1])
    }

    @Test(
        "a claim of the wrong form gives nothing",
        arguments: [
            [:],
            ["scope": 1, "permissions": ["a": "b"], "tenant": "t1", "realm_access": []],
            ["scope": [1, "a"], "permissions": ["a", nil], "tenant": ["id": 7], "realm_access": ["roles": true]],
            ["scope": "", "permissions": [], "tenant": ["id": ""], "realm_access": ["roles": ["admin", ["x"]]]],
            ["realm_access.roles": ["admin"], "https://example": ["com/roles": ["admin"]]],
        ] as [JSONValue]
    )
    func wrongForms(claims: JSONValue) async throws {
        let principal = try #require(try await Self.principal(claims))
        #expect(principal.organization == nil)
        #expect(principal.roles.isEmpty)
        #expect(principal.permissions.isEmpty)
    }

    @Test(
        "the id may be another claim, without which the token is refused",
        arguments: [(["uid": "7"], "7"), (["uid": ""], nil), (["uid": 7], nil), ([:], nil)] as [(JSONValue, String?)]
    )
    func id(claims: JSONValue, id: String?) async throws {
        #expect(try await Self.principal(claims, ClaimMapping(id: "uid"))?.id == id)
    }

    @Test("a text that is no token of the issuer is rejected, and never anonymous")
    func rejected() async throws {
        guard case .anonymous = try await Self.authenticate(nil) else { return #expect(Bool(false)) }
        let minter = TokenMinter(keyPair: try Fixture.pair.get())
        let foreign = TokenMinter.claims(subject: "alice", issuer: "https://other.example.com", at: Fixture.now)
        let rows = [
            ("a b", "token-invalid"), ("x.y.z", "token-invalid"),
            (try minter.token(claims: foreign), "token-invalid-issuer"),
        ]
        for (token, code) in rows {
            guard case .rejected(let reason, _) = try await Self.authenticate(token) else {
                Issue.record("accepted")
                continue
            }
            #expect(reason == code)
        }
    }

    @Test("keys that cannot be had leave the token unjudged")
    func unavailable() async throws {
        let transport = InMemoryTransport(answers: [.failure(HTTPTransportError(.connectionFailed, "down"))])
        let keys = try RemoteKeySet(configuration: .init(url: "https://id.example.com/jwks"), transport: transport)
        let authenticator = JWTAuthenticator(verifier: TokenVerifier(keys: keys, clock: Fixture.clock.wall))
        let minter = TokenMinter(keyPair: try Fixture.pair.get())
        let token = try minter.token(claims: TokenMinter.claims(subject: "alice", at: Fixture.now))
        guard case .unavailable(let code, _, _) = await authenticator.authenticate(Fixture.request(token: token)) else {
            Issue.record("judged without keys")
            return
        }
        #expect(code == "jwk-remote-failed-to-load")
    }
}

extension JWTAuthenticatorTests {
    @Test("two authenticators with one verifier read a remembered token each in its own way")
    func sharedVerifier() async throws {
        let pair = try Fixture.pair.get()
        let verifier = TokenVerifier(keys: try pair.keySet, clock: Fixture.clock.wall)
        let claims = TokenMinter.claims(subject: "alice", at: Fixture.now, adding: ["a": "reader", "b": "writer"])
        let token = try TokenMinter(keyPair: pair).token(claims: claims)
        let mappings: [(ClaimMapping, String)] = [
            (ClaimMapping(roles: ["a"]), "reader"), (ClaimMapping(roles: ["b"]), "writer"),
        ]
        let authenticators = mappings.map { (JWTAuthenticator(verifier: verifier, claims: $0), $1) }
        for _ in 0..<3 {
            for (authenticator, role) in authenticators {
                guard
                    case .authenticated(let principal) = await authenticator.authenticate(Fixture.request(token: token))
                else {
                    Issue.record("the token is not accepted")
                    return
                }
                #expect(principal.roles.map(\.role) == [role])
            }
        }
    }
}
