public import GatehouseBase
import GatehouseTokens

extension TokenMinter {
    /// The header of a Clerk session token.
    public var clerkSessionHeader: JSONValue {
        [
            "alg": .string(keyPair.algorithm.rawValue), "kid": .string(keyPair.id), "typ": "JWT",
            "cat": "cl_B7d4PD111AAA",
        ]
    }

    /// Makes a Clerk session token, with its claims in version 2.
    public func clerkSession(
        _ claims: ClerkClaims,
        at time: Timestamp,
        lifetime: Duration = .seconds(60)
    ) throws -> String {
        try token(claims: claims.version2(at: time, lifetime: lifetime), header: clerkSessionHeader)
    }
}
