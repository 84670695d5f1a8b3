/// The times between which a token holds, in Unix seconds, which may have a fraction and may be absurd.
struct TokenLifetime: Sendable, Hashable {
    var expiry: Double
    var notBefore: Double?
    var issuedAt: Double?

    /// Checks that the token holds at a time, if clocks differ by no more than `skew`.
    func requireContains(_ time: Timestamp, skew: Duration) throws(TokenError) {
        let now = time.secondsSinceEpoch
        let skew = Self.seconds(skew)
        if now >= expiry + skew { throw TokenError(.expired, "the token has expired") }
        if let notBefore, notBefore > now + skew {
            throw TokenError(.notActiveYet, "the token is not active yet")
        }
        if let issuedAt, issuedAt > now + skew {
            throw TokenError(.issuedInTheFuture, "the token was issued in the future")
        }
    }

    /// Returns true if the token holds at a time, if clocks differ by no more than `skew`.
    func contains(_ time: Timestamp, skew: Duration) -> Bool { (try? requireContains(time, skew: skew)) != nil }

    /// Returns the time at which the token has expired by every clock that differs by no more than `skew`, in Unix seconds.
    func end(skew: Duration) -> Double { expiry + Self.seconds(skew) }

    private static func seconds(_ skew: Duration) -> Double { skew.fractionalSeconds }

    /// Checks that the token lives no longer than `maximum`, from its issue to its expiry; no check if `maximum` is `nil`.
    func requireAtMost(_ maximum: Duration?) throws(TokenError) {
        guard let maximum = maximum?.fractionalSeconds else { return }
        guard let issuedAt else {
            throw TokenError(
                .verificationFailed,
                "the claim \"iat\" is missing, so that the token's lifetime cannot be told"
            )
        }
        // The difference of two absurd dates may be infinite, which is longer than any bound.
        let lifetime = expiry - issuedAt
        guard lifetime <= maximum else {
            throw TokenError(
                .verificationFailed,
                "the token lives \(Self.text(lifetime)) s, and may live \(Self.text(maximum)) s at most"
            )
        }
    }

    /// Returns the seconds as text, without a fraction of zero.
    private static func text(_ seconds: Double) -> String {
        Int64(exactly: seconds).map { "\($0)" } ?? "\(seconds)"
    }
}
