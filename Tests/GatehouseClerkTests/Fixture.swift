import GatehouseClerk
import GatehouseTesting

/// What the tests of this module share: a time and a key pair.
enum Fixture {
    static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    /// One key pair for all tests: making one takes longer than all of them.
    static let pair = Result { try KeyPair() }

    /// What a token with these claims says, verified for real.
    static func token(_ claims: JSONValue, header: JSONValue? = nil) throws -> ClerkToken {
        let pair = try pair.get()
        let token = try TokenMinter(keyPair: pair).token(claims: claims, header: header)
        let verifier = try TokenVerifier(keys: try pair.keySet, configuration: .init(profile: .clerkAny))
        return ClerkToken(try verifier.verify(token, with: try pair.keySet, at: now))
    }

    /// What a session token with these claims says.
    static func session(_ claims: JSONValue) throws -> ClerkToken {
        try token(TokenMinter.claims(subject: "user_1", at: now, adding: claims))
    }
}
