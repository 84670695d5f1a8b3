extension ClerkAuthenticator {
    /// The demands on a token.
    public struct Configuration: Sendable, Hashable {
        /// The demanded `iss`: the instance's Frontend API address. `nil` accepts any issuer whose key signed the token.
        public var issuer: String?
        /// The instance's key, by which the cookies are chosen that Clerk writes for this instance alone (`__session_…`); `nil` if the
        /// plain ones count.
        public var publishableKey: PublishableKey?
        /// One of these must be `azp`, the origin that a session token was made for; none accepts any. Machine and OAuth
        /// tokens have no origin, and are not asked.
        public var authorizedParties: [String]
        /// True if `azp` may be absent although parties are configured: Clerk leaves it out of tokens that no browser's
        /// origin asked for, such as those of native apps. An `azp` that is there must still match.
        public var allowsMissingAuthorizedParty: Bool
        /// One of these must be in `aud`; none accepts any.
        public var audiences: [String]
        /// By how much clocks may differ; not negative.
        public var clockSkew: Duration
        /// How long a session token may live at most, from its `iat` to its `exp`. A longer-lived one is refused, and one
        /// without `iat`. Clerk's live 60 seconds, and those of a template of one's own as long as it says.
        ///
        /// A revocation mark has to live as long as the longest-lived token that is accepted: see
        /// `TokenVerifier.Configuration.maximumLifetime`.
        public var maximumTokenLifetime: Duration
        /// The same for machine and OAuth tokens.
        public var maximumMachineTokenLifetime: Duration
        /// The kinds of token that are accepted.
        public var acceptedTokens: [ClerkTokenKind]
        /// The OAuth clients whose tokens are accepted (`client_id`); empty: those of every client of the instance. Tokens of other
        /// kinds have no client, and are not asked.
        public var clients: [String]
        /// True if a session token is also taken from the cookie `__session`, where a request has no `Authorization`.
        /// Browsers send cookies along with what other sites ask for: configure `authorizedParties`, and let no route that
        /// changes something answer requests of other origins.
        public var acceptsSessionCookie: Bool
        /// The algorithms that are accepted: RS256 is what Clerk signs with.
        public var algorithms: Set<SignatureAlgorithm>
        /// How many of the tokens that were accepted are remembered, of each kind; 0 for none.
        public var rememberedTokens: Int
        /// How many bytes of memory they may take together, of each kind.
        public var rememberedTokenBytes: Int
        /// How many calls opaque tokens may cost, and for how long their issuer's answers are remembered.
        public var opaqueTokens: OpaqueTokens

        /// Makes a configuration for the instance of this key, whose address its tokens must have as `iss`; otherwise as
        /// the other.
        public init(publishableKey: PublishableKey, authorizedParties: [String] = []) {
            self.init(issuer: publishableKey.issuer, authorizedParties: authorizedParties)
            self.publishableKey = publishableKey
        }

        /// Makes a configuration; by default session tokens alone are accepted, which live up to an hour; machine and OAuth
        /// tokens, where they are accepted, live up to 24 hours.
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

        /// The demands on a JWT of this kind; `nil` if there are no such JWTs.
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
