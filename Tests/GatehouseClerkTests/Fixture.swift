import GatehouseClerk
import GatehouseTesting

/// The shared parts of this module's tests: a time and a key pair.
enum Fixture {
    static let now = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    /// One key pair for all tests: making one takes longer than all of them.
    static let pair = Result { try KeyPair() }

    /// The content of a token with these claims, verified for real.
    static func token(_ claims: JSONValue, header: JSONValue? = nil) throws -> ClerkToken {
        let pair = try pair.get()
        let token = try TokenMinter(keyPair: pair).token(claims: claims, header: header)
        let verifier = try TokenVerifier(keys: try pair.keySet, configuration: .init(profile: .clerkAny))
        return ClerkToken(try verifier.verify(token, with: try pair.keySet, at: now))
    }

    /// The content of a session token with these claims.
    static func session(_ claims: JSONValue) throws -> ClerkToken {
        try token(TokenMinter.claims(subject: "user_1", at: now, adding: claims))
    }
}
