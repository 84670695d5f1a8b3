import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("Tokens that were issued before a removal are refused")
struct RevokedTokenTests {
    private static let issuer = "https://id.example.com"
    private static let alice = Member("alice", in: "t1", issuer: issuer)

    private let clock = ManualClock(Fixture.now)

    private func authorizer(_ source: any MembershipSource = SessionClaims()) throws -> Authorizer {
        Authorizer(
            engine: try PolicyEngine(Policy { Role("reader") { Grants("read") } }),
            permissionSource: .both,
            memberships: source,
            issuer: Self.issuer,
            clock: clock.wall
        )
    }

    /// How a request that needs to read is answered, by a token that says that alice may.
    private func answers(
        by authorizer: Authorizer,
        remembering count: Int,
        maximumLifetime: Duration? = .seconds(86_400)
    ) throws -> (_ token: String) async -> AuthorizationResult {
        let verifier = try TokenVerifier(
            keys: try Fixture.pair.get().keySet,
            configuration: .init(issuer: Self.issuer, maximumLifetime: maximumLifetime, rememberedTokens: count),
            clock: clock.wall
        )
        let claims = ClaimMapping(organization: "tenant", roles: ["role"], permissions: ["scope"])
        let requestGuard = AuthenticationGuard(
            JWTAuthenticator(verifier: verifier, claims: claims, marks: authorizer.marks)
        ).requiring(.permission("read"), by: authorizer)
        return { token in await requestGuard.authorize(Fixture.request(token: token)) }
    }

    private func token(adding others: JSONValue = [:]) throws -> String {
        let claims = TokenMinter.claims(
            subject: "alice",
            issuer: Self.issuer,
            at: clock.now,
            adding: ["tenant": "t1", "role": "reader", "scope": "read"]
        )
        let minter = TokenMinter(keyPair: try Fixture.pair.get())
        return try minter.token(claims: claims.replacing(others))
    }

    @Test(
        "a token of before a revocation that concerns it is refused, remembered or not, and a new token is not",
        arguments: [
            (.member(alice), 401), (.organization(issuer: issuer, organization: "t1"), 401),
            (.user(issuer: issuer, user: "alice"), 401), (.session(issuer: issuer, session: "s1"), 401),
            (.member(Member("alice", in: "t2", issuer: issuer)), 200),
            (.member(Member("alice", in: "t1", issuer: "https://other")), 200),
            (.user(issuer: "https://other", user: "alice"), 200), (.user(issuer: issuer, user: "bob"), 200),
            (.role("reader"), 401), (.role("writer"), 200), (.everything, 401),
        ] as [(Invalidation.Scope, Int)],
        [0, 100]
    )
    func revoked(row: (scope: Invalidation.Scope, status: Int), remembering count: Int) async throws {
        let authorizer = try authorizer()
        let answer = try answers(by: authorizer, remembering: count)
        let old = try token(adding: ["sid": "s1"])
        for _ in 0..<2 { #expect(await answer(old).status == 200) }
        try await authorizer.invalidate(Invalidation(row.scope, revokedAt: clock.now))
        for _ in 0..<2 { #expect(await answer(old).status == row.status) }
        clock.advance(by: .seconds(1))
        #expect(await answer(try token(adding: ["sid": "s1"])).status == 200)
        #expect(await answer(old).status == row.status)
    }

    @Test(
        "a role that is removed through the authorizer leaves a mark, and an assigned role locks nobody out",
        arguments: [0, 100]
    )
    func change(remembering count: Int) async throws {
        let authorizer = try authorizer(InMemoryMemberships([Self.alice: ["reader"]]))
        let answer = try answers(by: authorizer, remembering: count)
        let old = try token()
        #expect(await answer(old).status == 200)
        try await authorizer.remove(role: "reader", from: Self.alice)
        #expect(await answer(old).status == 401)
        clock.advance(by: .seconds(1))
        let new = try token(adding: ["role": "none", "scope": ""])
        #expect(await answer(new).status == 403)
        try await authorizer.assign("reader", to: Self.alice)
        #expect(await answer(new).status == 200)
        #expect(await answer(old).status == 401)
    }

    @Test("a token that does not say when it was issued counts as older than any mark")
    func undated() async throws {
        let undated = try token(adding: ["iat": nil])
        let unbounded = try await answers(by: try authorizer(), remembering: 0, maximumLifetime: nil)(undated)
        #expect(unbounded.status == 401 && unbounded.rejection?.reason.code == "token-revoked")
        // A verifier with a bound refuses the token.
        let bounded = try await answers(by: try authorizer(), remembering: 0)(undated)
        #expect(bounded.status == 401 && bounded.rejection?.reason.code == "token-verification-failed")
    }

    @Test("a source that fails is 503, with the time that it asks for")
    func unavailable() async throws {
        let source = ScriptedMemberships(failing: MembershipSourceError("down", retryAfter: .seconds(7)))
        let answer = try answers(by: try authorizer(source), remembering: 0)
        let rejection = try #require(await answer(try token()).rejection)
        #expect(rejection.response.status == .serviceUnavailable)
        #expect(rejection.response.headerFields[.retryAfter] == "7")
    }
}
