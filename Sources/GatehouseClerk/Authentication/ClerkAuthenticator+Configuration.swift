extension ClerkAuthenticator {
    /// The demands on a token.
    public struct Configuration: Sendable, Hashable {
        /// The demanded `iss`: the instance's Frontend API address. `nil` accepts any issuer whose key signed the token.
        public var issuer: String?
        /// The instance's key, by which the cookies are chosen that Clerk writes for this instance alone (`__session_…`); `nil` if the
        /// plain cookies count.
        public var publishableKey: PublishableKey?
        /// The accepted origins, of which one must be `azp`, the origin that a session token was made for; an empty list accepts any.
        /// Machine and OAuth tokens have no origin, and are not checked.
        public var authorizedParties: [String]
        /// True if `azp` may be absent although parties are configured: Clerk leaves it out of tokens that no browser's
        /// origin asked for, such as those of native apps. An `azp` that is present must still match.
        public var allowsMissingAuthorizedParty: Bool
        /// The accepted audiences, of which one must be in `aud`; an empty list accepts any.
        public var audiences: [String]
        /// The largest difference between clocks; not negative.
        public var clockSkew: Duration
        /// The longest lifetime of a session token, from its `iat` to its `exp`. A token that lives longer or has no `iat` is refused.
        /// Clerk's own session tokens live 60 seconds; the tokens of a custom template live as long as the template says.
        ///
        /// A revocation mark has to live as long as the longest-lived token that is accepted: see
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

        /// Makes a configuration for the instance of a key, whose address its tokens must have as `iss`; the other settings are the
        /// defaults.
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
