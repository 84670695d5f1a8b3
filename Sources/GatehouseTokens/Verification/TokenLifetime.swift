/// When a token holds, in Unix seconds, which may have a fraction and may be absurd.
struct TokenLifetime: Sendable, Hashable {
    var expiry: Double
    var notBefore: Double?
    var issuedAt: Double?

    /// Checks that the token holds at a time, if clocks differ by no more than `skew`.
    func requireContains(_ time: Timestamp, skew: Duration) throws(TokenError) {
        let now = time.secondsSinceEpoch
        let (seconds, attoseconds) = max(.zero, skew).clampedComponents
        let skew = Double(seconds) + Double(attoseconds) * 1e-18
        if now >= expiry + skew { throw TokenError(.expired, "the token has expired") }
        if let notBefore, notBefore > now + skew {
            throw TokenError(.notActiveYet, "the token is not active yet")
        }
        if let issuedAt, issuedAt > now + skew {
            throw TokenError(.issuedInTheFuture, "the token was issued in the future")
        }
    }
}
