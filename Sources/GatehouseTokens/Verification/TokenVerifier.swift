/// A verifier of tokens, which checks the form, the header, the algorithm, the key, the signature, and only then the claims.
///
/// The order of the checks is fixed, so that a refused token has one reason. Cheap checks come first.
public struct TokenVerifier: Sendable {
    /// The demands on a token.
    public let configuration: Configuration
    /// The source of the keys.
    package let keys: any KeySource
    private let clock: WallClock
    let remembered: VerifiedTokenCache?
    /// The algorithms of the configuration. With so few algorithms, a list is searched sooner than a set.
    private let algorithms: [SignatureAlgorithm]

    /// Makes a verifier with the default settings, which require no issuer and no audience.
    ///
    /// - Parameters:
    ///   - keys: The source of the keys: a ``KeySet`` or a ``RemoteKeySet``.
    ///   - clock: The clock that tells the time.
    public init(keys: any KeySource, clock: WallClock = .system) {
        self.init(keys, inRange: Configuration(), clock)
    }

    /// Makes a verifier.
    ///
    /// - Parameters:
    ///   - keys: The source of the keys: a ``KeySet`` or a ``RemoteKeySet``.
    ///   - configuration: The demands that a token has to meet.
    ///   - clock: The clock that tells the time.
    /// - Throws: `SettingError` for a setting that is out of its range.
    public init(
        keys: any KeySource,
        configuration: Configuration,
        clock: WallClock = .system
    ) throws(SettingError) {
        try configuration.requireRanges()
        self.init(keys, inRange: configuration, clock)
    }

    private init(_ keys: any KeySource, inRange configuration: Configuration, _ clock: WallClock) {
        self.keys = keys
        self.configuration = configuration
        self.clock = clock
        remembered = VerifiedTokenCache(
            capacity: configuration.rememberedTokens,
            byteBudget: configuration.rememberedTokenBytes,
            clockSkew: configuration.clockSkew
        )
        algorithms = Array(configuration.algorithms)
    }

    /// Verifies a token at the current time, and loads keys if necessary.
    ///
    /// A token that is refused for its form, header or algorithm does not wait for keys.
    public func verify(_ token: String) async throws(TokenError) -> VerifiedToken {
        let keys: KeySet
        if let atHand = self.keys.keysAtHand() {
            keys = atHand
        } else {
            try withBytes(of: token) { bytes throws(TokenError) in _ = try admit(bytes) }
            keys = try await self.keys.keys()
        }
        do throws(TokenError) {
            return try verifyNow(token, with: keys)
        } catch {
            guard error.code == .keyMismatch, let newer = try await self.keys.keys(newerThan: keys) else { throw error }
            return try verifyNow(token, with: newer)
        }
    }

    /// Returns a token in UTF-8 that was accepted before and still is with the keys in memory; `nil` if ``verify(_:)`` has to be called.
    package func tokenAtHand(_ token: UnsafeBufferPointer<UInt8>) -> VerifiedToken? {
        guard let remembered, token.count <= VerifiedTokenCache.maximumTokenByteCount, let keys = keys.keysAtHand(),
            let known = remembered.token(token, key: remembered.key(of: token), verifiedWith: keys),
            known.lifetime.contains(clock.now(), skew: configuration.clockSkew)
        else { return nil }
        return known
    }

    private func verifyNow(_ token: String, with keys: KeySet) throws(TokenError) -> VerifiedToken {
        try withBytes(of: token) { bytes throws(TokenError) in try verify(bytes, with: keys) { clock.now() } }
    }

    /// Verifies a token for a time, with given keys.
    public func verify(_ token: String, with keys: KeySet, at time: Timestamp) throws(TokenError) -> VerifiedToken {
        try withBytes(of: token) { bytes throws(TokenError) in try verify(bytes, with: keys) { time } }
    }

    /// Verifies a token in UTF-8 for a time, with given keys.
    public func verify(_ token: [UInt8], with keys: KeySet, at time: Timestamp) throws(TokenError) -> VerifiedToken {
        let result: Result<VerifiedToken, TokenError> = token.withUnsafeBufferPointer { bytes in
            Result { () throws(TokenError) in try verify(bytes, with: keys) { time } }
        }
        return try result.get()
    }

    /// Verifies a token.
    ///
    /// - Parameter time: A closure that returns the time. It is called only for a token with a valid signature.
    private func verify(
        _ token: UnsafeBufferPointer<UInt8>,
        with keys: KeySet,
        at time: () -> Timestamp
    ) throws(TokenError) -> VerifiedToken {
        guard let remembered, token.count <= VerifiedTokenCache.maximumTokenByteCount else {
            return try verifyAnew(token, with: keys, at: time)
        }
        let key = remembered.key(of: token)
        if let known = remembered.token(token, key: key, verifiedWith: keys) {
            do throws(TokenError) {
                try known.lifetime.requireContains(time(), skew: configuration.clockSkew)
            } catch {
                if error.code == .expired { remembered.forget(key) }
                throw error
            }
            return known
        }
        let verified = try verifyAnew(token, with: keys, at: time)
        remembered.remember(verified, token, key: key, verifiedWith: keys, at: time())
        return verified
    }

    private func verifyAnew(
        _ token: UnsafeBufferPointer<UInt8>,
        with keys: KeySet,
        at time: () -> Timestamp
    ) throws(TokenError) -> VerifiedToken {
        let jws = try admit(token)
        let payload = try jws.payload(of: token, verifiedWith: keys)
        return try judge(payload, header: jws.header, at: time())
    }

    /// Runs the checks that need no key: the form, the header, the kind and the algorithm.
    private func admit(_ token: UnsafeBufferPointer<UInt8>) throws(TokenError) -> CompactJWS {
        let jws = try CompactJWS(token)
        try configuration.profile.check(header: jws.header)
        try jws.requireAlgorithm(among: algorithms)
        return jws
    }

    private func withBytes<Value>(
        of token: String,
        _ body: (UnsafeBufferPointer<UInt8>) throws(TokenError) -> Value
    ) throws(TokenError) -> Value {
        let result: Result<Value, TokenError> = token.withUTF8Bytes { bytes in
            Result { () throws(TokenError) in try body(bytes) }
        }
        return try result.get()
    }
}
