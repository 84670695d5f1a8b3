import GatehouseClerk
import GatehouseTesting

/// An issuer of session tokens with a key of its own, by the same clock as the servers that trust it.
struct TestIssuer: Sendable {
    static let name = "https://clerk.example.com"
    /// The key of the instance: the host and a `$` in base64.
    static let publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"
    private static let party = "https://app.example.com"
    /// One key pair for all tests: making one takes longer than all of them.
    private static let pair = Result { try KeyPair() }

    let clock = ManualClock(Timestamp(clampingSecondsSinceEpoch: 1_800_000_000))
    private let minter: TokenMinter

    init() throws {
        minter = TokenMinter(keyPair: try Self.pair.get())
    }

    /// A transport to the keys of this issuer.
    ///
    /// - Parameter isReachable: Whether anybody answers.
    func transport(isReachable: Bool = true) -> InMemoryTransport {
        let down = InMemoryTransport.Answer.failure(HTTPTransportError(.connectionFailed, "down"))
        return InMemoryTransport(answers: [isReachable ? .json(minter.keyPair.jwks.description) : down])
    }

    /// The authenticator for the tokens of this issuer.
    ///
    /// - Parameters:
    ///   - marks: Which of them are no longer accepted.
    ///   - isReachable: Whether its keys can be had.
    func clerk(marks: RevocationMarks? = nil, isReachable: Bool = true) throws -> ClerkAuthenticator {
        let keys: any KeySource =
            isReachable
            ? try minter.keyPair.keySet
            : try RemoteKeySet(
                configuration: .init(url: "\(Self.name)/.well-known/jwks.json"),
                transport: transport(isReachable: false)
            )
        return try ClerkAuthenticator(
            keys: keys,
            configuration: .init(issuer: Self.name, authorizedParties: [Self.party]),
            marks: marks,
            clock: clock.wall
        )
    }

    /// A session token of a member of an organization, issued now.
    func token(
        _ user: String = "user_1",
        role: String = "member",
        organization: String = "org_1"
    ) throws -> String {
        var claims = ClerkClaims(
            subject: user,
            issuer: Self.name,
            organization: .init(organization, slug: nil, role: role)
        )
        claims.authorizedParty = Self.party
        return try minter.clerkSession(claims, at: clock.now)
    }
}
