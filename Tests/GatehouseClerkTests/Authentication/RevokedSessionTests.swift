import GatehouseClerk
import GatehouseTesting
import Testing

@Suite("A Clerk token is judged by the revocation marks")
struct RevokedSessionTests {
    private static let issuer = "https://clerk.example.com"
    private let clock = ManualClock(Fixture.now)

    private enum Outcome: Equatable {
        case organization(String?)
        case rejected(String)
    }

    private func outcome(_ authenticator: ClerkAuthenticator, _ token: String) async -> Outcome? {
        let request = AuthorizationRequest(
            method: .get,
            path: "/",
            headerFields: [.authorization: "Bearer \(token)"]
        )
        return switch await authenticator.authenticate(request) {
        case .authenticated(let principal): .organization(principal.organization?.id)
        case .rejected(let code, _): .rejected(code)
        case .anonymous, .unavailable: nil
        }
    }

    @Test(
        "a session token is refused after a mark that reaches it, and a newer token is accepted",
        arguments: [
            (.member(Member("user_1", in: "org_1", issuer: issuer)), .rejected("token-revoked")),
            (.organization(issuer: issuer, organization: "org_1"), .rejected("token-revoked")),
            (.member(Member("user_1", in: "org_2", issuer: issuer)), .organization("org_1")),
            (.session(issuer: issuer, session: "sess_1"), .rejected("token-revoked")),
            (.session(issuer: issuer, session: "sess_2"), .organization("org_1")),
            (.user(issuer: issuer, user: "user_1"), .rejected("token-revoked")),
        ] as [(Invalidation.Scope, Outcome)]
    )
    private func session(scope: Invalidation.Scope, after: Outcome) async throws {
        let pair = try Fixture.pair.get()
        let marks = RevocationMarks(clock: clock.wall)
        let authenticator = try ClerkAuthenticator(keys: try pair.keySet, marks: marks, clock: clock.wall)
        let claims = ClerkClaims(organization: .init(permissions: [("invoices", ["read"])]))
        let token = try TokenMinter(keyPair: pair).clerkSession(claims, at: clock.now)
        for _ in 0..<2 { #expect(await outcome(authenticator, token) == .organization("org_1")) }
        marks.mark(Invalidation(scope, revokedAt: clock.now))
        for _ in 0..<2 { #expect(await outcome(authenticator, token) == after) }
        #expect(await outcome(authenticator.accepting([.session]), token) == after)
        clock.advance(by: .seconds(1))
        let next = try TokenMinter(keyPair: pair).clerkSession(claims, at: clock.now)
        #expect(await outcome(authenticator, next) == .organization("org_1"))
    }

    @Test(
        "a session in which somebody impersonates the user ends with the actor, and with the actor's session",
        arguments: [
            (.user(issuer: issuer, user: "user_admin"), true), (.session(issuer: issuer, session: "sess_admin"), true),
            (.user(issuer: "https://dashboard", user: "user_admin"), true),
            (.session(issuer: "https://dashboard", session: "sess_admin"), true),
            (.user(issuer: issuer, user: "user_deeper"), true), (.user(issuer: issuer, user: "user_other"), false),
            (.session(issuer: issuer, session: "user_admin"), false), (.user(issuer: issuer, user: ""), false),
        ] as [(Invalidation.Scope, Bool)]
    )
    func actor(scope: Invalidation.Scope, ends: Bool) async throws {
        let pair = try Fixture.pair.get()
        let marks = RevocationMarks(clock: clock.wall)
        let authenticator = try ClerkAuthenticator(keys: try pair.keySet, marks: marks, clock: clock.wall)
        var claims = ClerkClaims(organization: .init())
        claims.actor = [
            "sub": "user_admin", "sid": "sess_admin", "iss": "https://dashboard", "act": ["sub": "user_deeper"],
        ]
        let token = try TokenMinter(keyPair: pair).clerkSession(claims, at: clock.now)
        #expect(await outcome(authenticator, token) == .organization("org_1"))
        marks.mark(Invalidation(scope, revokedAt: clock.now))
        #expect(await outcome(authenticator, token) == (ends ? .rejected("token-revoked") : .organization("org_1")))
    }
}
