/// Verifies tokens: shape, header, algorithm, key, signature, and only then the claims.
///
/// The order is fixed, so that a token has one reason; what costs little comes first.
public struct TokenVerifier: Sendable {
    /// What a token must be.
    public let configuration: Configuration
    private let source: any KeySource
    private let clock: WallClock
    let remembered: VerifiedTokenCache?
    /// The configuration's. So few are found sooner in a list than in a set.
    private let algorithms: [SignatureAlgorithm]

    /// Makes a verifier.
    ///
    /// - Parameters:
    ///   - keys: where the keys come from: a ``KeySet`` or a ``RemoteKeySet``.
    ///   - clock: what tells the time.
    public init(keys: any KeySource, configuration: Configuration = Configuration(), clock: WallClock = .system) {
        source = keys
        self.configuration = configuration
        self.clock = clock
        remembered = VerifiedTokenCache(
            capacity: configuration.rememberedTokens,
            byteBudget: configuration.rememberedTokenBytes,
            clockSkew: configuration.clockSkew
        )
        algorithms = Array(configuration.algorithms)
    }

    /// Verifies a token now, loading keys if need be.
    ///
    /// A token that is refused for its shape, header or algorithm waits for no keys.
    public func verify(_ token: String) async throws(TokenError) -> VerifiedToken {
        let keys: KeySet
        if let atHand = source.keysAtHand() {
            keys = atHand
        } else {
            try withBytes(of: token) { bytes throws(TokenError) in _ = try admit(bytes) }
            keys = try await source.keys()
        }
        do throws(TokenError) {
            return try verifyNow(token, with: keys)
        } catch {
            guard error.code == .keyMismatch, let newer = try await source.keys(newerThan: keys) else { throw error }
            return try verifyNow(token, with: newer)
        }
    }

    private func verifyNow(_ token: String, with keys: KeySet) throws(TokenError) -> VerifiedToken {
        try withBytes(of: token) { bytes throws(TokenError) in try verify(bytes, with: keys) { clock.now() } }
    }

    /// Verifies a token as of a time, with keys at hand.
    public func verify(_ token: String, with keys: KeySet, at time: Timestamp) throws(TokenError) -> VerifiedToken {
        try withBytes(of: token) { bytes throws(TokenError) in try verify(bytes, with: keys) { time } }
    }

    /// As the other, for UTF-8.
    public func verify(_ token: [UInt8], with keys: KeySet, at time: Timestamp) throws(TokenError) -> VerifiedToken {
        let result: Result<VerifiedToken, TokenError> = token.withUnsafeBufferPointer { bytes in
            Result { () throws(TokenError) in try verify(bytes, with: keys) { time } }
        }
        return try result.get()
    }

    /// - Parameter time: asked only of what has a good signature.
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

    /// What needs no key: shape, header, kind, algorithm.
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

extension TokenVerifier {
    /// What a token must be.
    public struct Configuration: Sendable, Hashable {
        /// The kind of token.
        public var profile: TokenProfile
        /// The algorithms that are accepted; a key's own `alg` narrows them further. None accepts no token.
        public var algorithms: Set<SignatureAlgorithm>
        /// What `iss` must be, by bytes; nil accepts any.
        public var issuer: String?
        /// One of these must be in `aud`; none accepts any.
        public var audiences: [String]
        /// One of these must be `azp`; none accepts any. The empty text matches nothing.
        public var authorizedParties: [String]
        /// Whether `azp` may be absent although parties are configured: for tokens that were not made for a browser's
        /// origin, as by native apps or the Backend API. An `azp` that is there must still match.
        public var allowsMissingAuthorizedParty: Bool
        /// By how much clocks may differ; below zero counts as zero.
        public var clockSkew: Duration
        /// How long a token may live at most, from its `iat` to its `exp`; `nil` for no bound. With a bound, a token without
        /// `iat` is refused, since nobody can tell.
        ///
        /// A revocation mark is kept as long as the longest-lived token that is accepted, and an authenticator with marks refuses
        /// older tokens. With the same bound here, a token is refused at once for a lifetime that it could not use up.
        public var maximumLifetime: Duration?
        /// How many of the tokens that were accepted are remembered, so that the same token again is cheaper; 0: none. Each
        /// is judged by the time on every use, and forgotten once it has expired or the keys are replaced. Tokens of more than
        /// 4,096 bytes are not remembered, and verified anew each time.
        public var rememberedTokens: Int
        /// How many bytes of memory the remembered tokens may take together. A token of a kilobyte takes about seven, of which
        /// four are set aside for its principal, and one that was made to take much, about thirty.
        public var rememberedTokenBytes: Int

        /// Makes a configuration; by default for RS256, a clock skew of 5 seconds, a lifetime of up to 24 hours, and up to 4,096
        /// remembered tokens in 20 MiB.
        public init(
            profile: TokenProfile = .jwt,
            algorithms: Set<SignatureAlgorithm> = [.rs256],
            issuer: String? = nil,
            audiences: [String] = [],
            authorizedParties: [String] = [],
            allowsMissingAuthorizedParty: Bool = false,
            clockSkew: Duration = .seconds(5),
            maximumLifetime: Duration? = .seconds(86_400),
            rememberedTokens: Int = 4_096,
            rememberedTokenBytes: Int = 20_971_520
        ) {
            self.profile = profile
            self.algorithms = algorithms
            self.issuer = issuer
            self.audiences = audiences
            self.authorizedParties = authorizedParties
            self.allowsMissingAuthorizedParty = allowsMissingAuthorizedParty
            self.clockSkew = clockSkew
            self.maximumLifetime = maximumLifetime
            self.rememberedTokens = rememberedTokens
            self.rememberedTokenBytes = rememberedTokenBytes
        }
    }
}
