import GatehouseClerk
import GatehouseTesting
import Testing

@Suite("A principal is at hand only where a whole authentication gives the same")
struct PrincipalAtHandTests {
    private static let issuer = "https://clerk.example.com"
    private static let member = Member("user_1", in: "org_1", issuer: issuer)
    private let clock = ManualClock(Fixture.now)
    private let marks: RevocationMarks

    init() {
        marks = RevocationMarks(clock: clock.wall)
    }

    /// An event after a token was accepted, and the request that follows.
    enum Change: CaseIterable {
        case nothing, lowerCase, moreSpaces
        case otherScheme, twoFields, lastByte, moreBytes, noCredential, empty
        case expiry, mark, floor

        /// True if the token is accepted all the same.
        var isHarmless: Bool { [.nothing, .lowerCase, .moreSpaces].contains(self) }

        func fields(_ token: String) -> HTTPFields {
            switch self {
            case .lowerCase: [.authorization: "bearer \(token)"]
            case .moreSpaces: [.authorization: "Bearer   \(token)"]
            case .otherScheme: [.authorization: "Basic \(token)"]
            case .twoFields: [.authorization: "Bearer \(token)", .authorization: "Bearer \(token)"]
            case .lastByte: [.authorization: "Bearer \(token.dropLast(1))\(token.last == "A" ? "B" : "A")"]
            case .moreBytes: [.authorization: "Bearer \(token)="]
            case .noCredential: [:]
            case .empty: [.authorization: "Bearer "]
            default: [.authorization: "Bearer \(token)"]
            }
        }
    }

    @Test("an accepted token's principal stays at hand only after harmless changes", arguments: Change.allCases)
    func remembered(change: Change) async throws {
        let authenticator = try authenticator()
        let token = try TokenMinter(keyPair: Fixture.pair.get()).clerkSession(
            ClerkClaims(organization: .init()),
            at: clock.now
        )
        #expect(authenticator.principalAtHand(for: request([.authorization: "Bearer \(token)"])) == nil)
        for _ in 0..<2 { #expect(await isAccepted(authenticator, request([.authorization: "Bearer \(token)"]))) }
        switch change {
        case .expiry: clock.advance(by: .seconds(3_600))
        case .mark: marks.mark(Invalidation(.member(Self.member), revokedAt: clock.now))
        case .floor: marks.mark(Invalidation(.everything, revokedAt: clock.now))
        default: break
        }
        let request = request(change.fields(token))
        let known = authenticator.principalAtHand(for: request)
        #expect((known?.id == "user_1") == change.isHarmless)
        #expect(await isAccepted(authenticator, request) == change.isHarmless)
        // A route that accepts no session tokens gives none of what others remember.
        #expect(authenticator.accepting([.m2m]).principalAtHand(for: request) == nil)
        #expect(authenticator.accepting([]).principalAtHand(for: request) == nil)
    }

    @Test("a pending session is never at hand")
    func pending() async throws {
        let authenticator = try authenticator()
        var claims = ClerkClaims(organization: .init())
        claims.status = "pending"
        let token = try TokenMinter(keyPair: Fixture.pair.get()).clerkSession(claims, at: clock.now)
        let request = request([.authorization: "Bearer \(token)"])
        for _ in 0..<3 {
            #expect(await !isAccepted(authenticator, request))
            #expect(authenticator.principalAtHand(for: request) == nil)
        }
    }

    private func authenticator() throws -> ClerkAuthenticator {
        try ClerkAuthenticator(keys: Fixture.pair.get().keySet, marks: marks, clock: clock.wall)
    }

    private func request(_ fields: HTTPFields) -> AuthorizationRequest {
        AuthorizationRequest(method: .get, path: "/", headerFields: fields)
    }

    private func isAccepted(_ authenticator: ClerkAuthenticator, _ request: AuthorizationRequest) async -> Bool {
        if case .authenticated = await authenticator.authenticate(request) { true } else { false }
    }
}
