extension ClerkAuthenticator {
    /// The demands on a token.
    public struct Configuration: Sendable, Hashable {
        /// The demanded `iss`: the instance's Frontend API address. `nil` accepts any issuer whose key signed the token.
        public var issuer: String?
        /// The instance's key, which selects the cookies that Clerk writes for this instance (`__session_…`); `nil` if the plain cookies
        /// are read.
        public var publishableKey: PublishableKey?
        /// The accepted origins, one of which must be `azp`, the origin of a session token; an empty list accepts any origin. Machine and
        /// OAuth tokens have no origin, and are not checked.
        public var authorizedParties: [String]
        /// True if `azp` may be absent although parties are configured. Clerk leaves `azp` out of tokens that were not requested by a
        /// browser, such as those of native apps. An `azp` that is present must still match.
        public var allowsMissingAuthorizedParty: Bool
        /// The accepted audiences, one of which must be in `aud`; an empty list accepts any audience.
        public var audiences: [String]
        /// The largest difference between clocks; not negative.
        public var clockSkew: Duration
        /// The longest lifetime of a session token, from its `iat` to its `exp`. A token with a longer lifetime, or without `iat`, is
        /// refused. Clerk's own session tokens are valid for 60 seconds. The tokens of a custom template are valid for the time in the
        /// template.
        ///
        /// A revocation mark has to be kept for the longest lifetime of an accepted token: see
        /// `TokenVerifier.Configuration.maximumLifetime`.
        public var maximumTokenLifetime: Duration
        /// The longest lifetime of a machine or OAuth token.
        public var maximumMachineTokenLifetime: Duration
        /// The kinds of token that are accepted.
        public var acceptedTokens: [ClerkTokenKind]
        /// The OAuth clients whose tokens are accepted (`client_id`); an empty list accepts every client of the instance. Tokens of other
        /// kinds have no client, and are not checked.
        public var clients: [String]
        /// True if a session token is also taken from the cookie `__session` of a request without `Authorization`.
        /// Browsers send cookies along with the requests of other sites: configure `authorizedParties`, and let no route that
        /// changes something answer requests of other origins.
        public var acceptsSessionCookie: Bool
        /// The accepted algorithms: Clerk signs with RS256.
        public var algorithms: Set<SignatureAlgorithm>
        /// The number of accepted tokens that are remembered, of each kind; 0 for none.
        public var rememberedTokens: Int
        /// The largest memory of all remembered tokens together, in bytes, of each kind.
        public var rememberedTokenBytes: Int
        /// The limits of calls to the issuer of opaque tokens, and of the memory of its answers.
        public var opaqueTokens: OpaqueTokens

        /// Makes a configuration for the instance of a key. The `iss` of tokens must be the key's address. The other settings are the
        /// defaults.
        public init(publishableKey: PublishableKey, authorizedParties: [String] = []) {
            self.init(issuer: publishableKey.issuer, authorizedParties: authorizedParties)
            self.publishableKey = publishableKey
        }

        /// Makes a configuration. By default only session tokens are accepted, with a lifetime of up to an hour. Machine and OAuth tokens,
        /// if they are accepted, may have a lifetime of up to 24 hours.
        public init(
            issuer: String? = nil,
            authorizedParties: [String] = [],
            allowsMissingAuthorizedParty: Bool = false,
            audiences: [String] = [],
            clockSkew: Duration = .seconds(5),
            maximumTokenLifetime: Duration = .seconds(3_600),
            maximumMachineTokenLifetime: Duration = .seconds(86_400),
            acceptedTokens: [ClerkTokenKind] = [.session],
            clients: [String] = [],
            acceptsSessionCookie: Bool = false,
            algorithms: Set<SignatureAlgorithm> = [.rs256],
            rememberedTokens: Int = 4_096,
            rememberedTokenBytes: Int = 20_971_520,
            opaqueTokens: OpaqueTokens = OpaqueTokens()
        ) {
            self.issuer = issuer
            self.authorizedParties = authorizedParties
            self.allowsMissingAuthorizedParty = allowsMissingAuthorizedParty
            self.audiences = audiences
            self.clockSkew = clockSkew
            self.maximumTokenLifetime = maximumTokenLifetime
            self.maximumMachineTokenLifetime = maximumMachineTokenLifetime
            self.acceptedTokens = acceptedTokens
            self.clients = clients
            self.acceptsSessionCookie = acceptsSessionCookie
            self.algorithms = algorithms
            self.rememberedTokens = rememberedTokens
            self.rememberedTokenBytes = rememberedTokenBytes
            self.opaqueTokens = opaqueTokens
        }

        /// Checks that the settings are within their ranges.
        package func requireRanges() throws(SettingError) {
            let lifetimes = Duration.seconds(1)...SettingError.longestTime
            try SettingError.require(maximumTokenLifetime, in: lifetimes, "maximumTokenLifetime")
            try SettingError.require(maximumMachineTokenLifetime, in: lifetimes, "maximumMachineTokenLifetime")
            try opaqueTokens.requireRanges()
            for kind in ClerkTokenKind.allCases { try verification(of: kind)?.requireRanges() }
        }

        /// Returns the demands on a JWT of this kind; `nil` if there are no such JWTs.
        func verification(of kind: ClerkTokenKind) -> TokenVerifier.Configuration? {
            guard let profile = kind.profile else { return nil }
            return TokenVerifier.Configuration(
                profile: profile,
                algorithms: algorithms,
                issuer: issuer,
                audiences: audiences,
                authorizedParties: kind == .session ? authorizedParties : [],
                allowsMissingAuthorizedParty: allowsMissingAuthorizedParty,
                clockSkew: clockSkew,
                maximumLifetime: kind == .session ? maximumTokenLifetime : maximumMachineTokenLifetime,
                rememberedTokens: rememberedTokens,
                rememberedTokenBytes: rememberedTokenBytes
            )
        }
    }
}
