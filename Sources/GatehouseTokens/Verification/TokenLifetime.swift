/// The times between which a token is valid, in Unix seconds, which may have a fraction and any value.
struct TokenLifetime: Sendable, Hashable {
    var expiry: Double
    var notBefore: Double?
    var issuedAt: Double?

    /// Checks that the token is valid at a time, if clocks differ by at most `skew`.
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

    /// Returns true if the token is valid at a time, if clocks differ by at most `skew`.
    func contains(_ time: Timestamp, skew: Duration) -> Bool { (try? requireContains(time, skew: skew)) != nil }

    /// Returns the time from which the token has expired by every clock that differs by at most `skew`, in Unix seconds.
    func end(skew: Duration) -> Double { expiry + Self.seconds(skew) }

    private static func seconds(_ skew: Duration) -> Double { skew.fractionalSeconds }

    /// Checks that the time from issue to expiry is at most `maximum`. A `maximum` of `nil` means no check.
    func requireAtMost(_ maximum: Duration?) throws(TokenError) {
        guard let maximum = maximum?.fractionalSeconds else { return }
        guard let issuedAt else {
            throw TokenError(
                .verificationFailed,
                "the claim \"iat\" is missing, so that the token's lifetime cannot be told"
            )
        }
        // The difference of two extreme times may be infinite, and then exceeds every bound.
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
