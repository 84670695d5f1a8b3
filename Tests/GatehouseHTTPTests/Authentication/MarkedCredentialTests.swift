import GatehouseHTTP
import GatehouseTesting
import Testing

@Suite("A mark turns no denial into a grant: the credential is refused whole")
struct MarkedCredentialTests {
    private static let issuer = "https://id.example.com"
    private static let member = Member("u", in: "t1", issuer: issuer)
    private let clock = ManualClock(Fixture.now)

    /// The policy of shared/cases/marks.yaml.
    private static let policy = Policy {
        Role("org:member") { Grants("docs:read") }
        Role("org:suspended") { Denies("**") }
        Rule("everybody-writes", .allow, "docs:write", to: "*")
        Rule("not-suspended", .allow, "docs:go", to: "*", when: .not(.in("org:suspended", "$principal.roles")))
        Rule("deny-suspended", .deny, "docs:go", to: "*", when: .in("org:suspended", "$principal.roles"))
        Assignment("org:member", to: "u")
    }

    private static let requirements: [Requirement] = [
        .permission("docs:read"), .permission("docs:write"), .permission("docs:go"), .not(.role("org:suspended")),
        .not(.permission("docs:read")), .tokenKind(.jwt), .anyOf(.role("org:member"), .not(.role("org:member"))),
    ]

    private func authorizer() throws -> Authorizer {
        Authorizer(
            engine: try PolicyEngine(Self.policy),
            memberships: FirstMembership(SessionClaims(), InMemoryMemberships()),
            store: InMemoryMemberships(),
            issuer: Self.issuer,
            clock: clock.wall
        )
    }

    private func answer(_ authorizer: Authorizer, _ requirement: Requirement, role: String) async throws
        -> AuthorizationResult
    {
        let authenticator = JWTAuthenticator(
            verifier: try TokenVerifier(
                keys: try Fixture.pair.get().keySet,
                configuration: .init(issuer: Self.issuer),
                clock: clock.wall
            ),
            claims: ClaimMapping(organization: "tenant", roles: ["role"]),
            marks: authorizer.marks
        )
        let claims = TokenMinter.claims(
            subject: "u",
            issuer: Self.issuer,
            at: Fixture.now,
            adding: ["tenant": "t1", "role": .string(role)]
        )
        let token = try TokenMinter(keyPair: Fixture.pair.get()).token(claims: claims)
        return await AuthenticationGuard(authenticator).requiring(requirement, by: authorizer)
            .authorize(Fixture.request(token: token))
    }

    @Test(
        "a suspended member is refused before its mark and after it, on each kind of route",
        arguments: [true, false]
    )
    func suspended(isOrganization: Bool) async throws {
        let authorizer = try authorizer()
        for requirement in Self.requirements.prefix(4) {
            #expect(try await answer(authorizer, requirement, role: "org:suspended").status == 403)
        }
        let scope: Invalidation.Scope =
            isOrganization ? .organization(issuer: Self.issuer, organization: "t1") : .member(Self.member)
        authorizer.applyLocally(Invalidation(scope, revokedAt: clock.now))
        for requirement in Self.requirements {
            let rejection = try #require(try await answer(authorizer, requirement, role: "org:suspended").rejection)
            #expect(rejection.response.status == .unauthorized)
            #expect(rejection.response.headerFields[.wwwAuthenticate] == #"Bearer error="invalid_token""#)
            #expect(rejection.reason.code == "token-revoked")
        }
    }

    @Test("a role that denies moves the old token outside, and not only out of the organization")
    func assigned() async throws {
        let authorizer = try authorizer()
        #expect(try await answer(authorizer, .permission("docs:write"), role: "org:member").status == 200)
        try await authorizer.assign("org:suspended", to: Self.member)
        for requirement in Self.requirements {
            #expect(try await answer(authorizer, requirement, role: "org:member").status == 401)
        }
    }
}
