extension TokenVerifier {
    /// The demands on a token.
    public struct Configuration: Sendable, Hashable {
        /// The kind of token.
        public var profile: TokenProfile
        /// The algorithms that are accepted; a key's own `alg` narrows them further. None accepts no token.
        public var algorithms: Set<SignatureAlgorithm>
        /// The demanded `iss`, by bytes; `nil` if any is accepted.
        public var issuer: String?
        /// One of these must be in `aud`; none accepts any.
        public var audiences: [String]
        /// One of these must be `azp`; none accepts any. The empty text matches nothing.
        public var authorizedParties: [String]
        /// True if `azp` may be absent although parties are configured: for tokens that were not made for a browser's
        /// origin, as by native apps or the Backend API. An `azp` that is there must still match.
        public var allowsMissingAuthorizedParty: Bool
        /// By how much clocks may differ; not negative.
        public var clockSkew: Duration
        /// How long a token may live at most, from its `iat` to its `exp`; `nil` for no bound. With a bound, a token without
        /// `iat` is refused, since nobody can tell.
        ///
        /// A revocation mark is kept as long as the longest-lived token that is accepted, and an authenticator with marks refuses
        /// older tokens. With the same bound here, a token is refused at once for a lifetime that it could not use up.
        public var maximumLifetime: Duration?
        /// How many of the tokens that were accepted are remembered, so that the same token again is cheaper; 0 for none. Each
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

        /// Ten thousand years: with more, every date that can be written would be good.
        package static let longestSkew = Duration.seconds(320_000_000_000)

        /// Checks that the settings are within their ranges.
        package func requireRanges() throws(SettingError) {
            try SettingError.require(clockSkew, in: .zero...Self.longestSkew, "clockSkew")
            if let maximumLifetime {
                try SettingError.require(
                    maximumLifetime,
                    in: .milliseconds(1)...SettingError.longestTime,
                    "maximumLifetime"
                )
            }
            try SettingError.require(rememberedTokens, in: 0...(1 << 30), "rememberedTokens")
            try SettingError.require(rememberedTokenBytes, in: 0...(1 << 40), "rememberedTokenBytes")
        }
    }
}
