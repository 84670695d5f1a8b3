extension TokenVerifier {
    /// The demands on a token.
    public struct Configuration: Sendable, Hashable {
        /// The kind of token.
        public var profile: TokenProfile
        /// The accepted algorithms. A key's own `alg` restricts them further. An empty set accepts no token.
        public var algorithms: Set<SignatureAlgorithm>
        /// The required `iss`, compared by bytes; `nil` if any issuer is accepted.
        public var issuer: String?
        /// The accepted audiences, one of which must be in `aud`; an empty list accepts any audience.
        public var audiences: [String]
        /// The accepted parties, one of which must be `azp`; an empty list accepts any party. The empty text matches nothing.
        public var authorizedParties: [String]
        /// True if `azp` may be absent although parties are configured. That serves for tokens that were not made for a browser's origin,
        /// such as those of native apps or the Backend API. An `azp` that is present must still match.
        public var allowsMissingAuthorizedParty: Bool
        /// The largest difference between clocks; not negative.
        public var clockSkew: Duration
        /// The longest lifetime of a token, from its `iat` to its `exp`; `nil` for no limit. With a limit, a token without `iat` is
        /// refused, since its lifetime is unknown.
        ///
        /// A revocation mark is kept as long as the longest lifetime of an accepted token, and an authenticator with marks refuses older
        /// tokens. With an equal limit here, a token with a longer lifetime is refused at once.
        public var maximumLifetime: Duration?
        /// The number of accepted tokens that are remembered, so that a repeated token costs less; 0 for none. The times of a remembered
        /// token are checked on every use. The token is forgotten after it has expired or the keys are replaced. Tokens of more than 4,096
        /// bytes are not remembered.
        public var rememberedTokens: Int
        /// The largest memory of all remembered tokens together, in bytes. A token of a kilobyte takes about seven kilobytes, of which four
        /// are reserved for its principal. A token that was made to take much memory takes about thirty kilobytes.
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

        /// The largest clock skew, ten thousand years. With a larger skew, every possible date would be valid.
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
