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
        "the same session token, before a mark and after",
        arguments: [
            (.member(Member("user_1", in: "org_1", issuer: issuer)), .organization(nil)),
            (.organization(issuer: issuer, organization: "org_1"), .organization(nil)),
            (.member(Member("user_1", in: "org_2", issuer: issuer)), .organization("org_1")),
            (.session(issuer: issuer, session: "sess_1"), .rejected("token-revoked")),
            (.session(issuer: issuer, session: "sess_2"), .organization("org_1")),
            (.user(issuer: issuer, user: "user_1"), .rejected("token-revoked")),
        ] as [(Invalidation.Scope, Outcome)]
    )
    private func session(scope: Invalidation.Scope, after: Outcome) async throws {
        let pair = try Fixture.pair.get()
        let marks = RevocationMarks(clock: clock.wall)
        let authenticator = ClerkAuthenticator(keys: try pair.keySet, marks: marks, clock: clock.wall)
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

    @Test("without its organization nothing is left of what the organization gave")
    func stripped() async throws {
        let pair = try Fixture.pair.get()
        let marks = RevocationMarks(clock: clock.wall)
        var claims = ClerkClaims(organization: .init(permissions: [("invoices", ["read"])]))
        claims.features = ["u:profile", "o:export"]
        claims.plans = ["o:pro"]
        let token = try TokenMinter(keyPair: pair).clerkSession(claims, at: clock.now)
        let authenticator = ClerkAuthenticator(keys: try pair.keySet, marks: marks, clock: clock.wall)
        let request = AuthorizationRequest(method: .get, path: "/", headerFields: [.authorization: "Bearer \(token)"])
        guard case .authenticated(let before) = await authenticator.authenticate(request) else {
            Issue.record("the token is not accepted")
            return
        }
        marks.mark(Invalidation(.member(before.member), revokedAt: clock.now))
        guard case .authenticated(let after) = await authenticator.authenticate(request) else {
            Issue.record("the token is no longer accepted")
            return
        }
        #expect(before.organization?.id == "org_1" && !before.permissions.isEmpty && !before.roles.isEmpty)
        #expect(after.organization == nil && after.permissions.isEmpty && after.roles.isEmpty)
        #expect(after.id == before.id && after.session == before.session)
        #expect(after.features == ["u:profile"] && after.plans.isEmpty)
    }
}
