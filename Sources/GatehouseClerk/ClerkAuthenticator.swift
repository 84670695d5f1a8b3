/// Authenticates by the JWTs of a Clerk instance, sent as bearer tokens.
///
/// ```swift
/// let clerk = ClerkAuthenticator(
///     keys: keys,
///     configuration: .init(
///         issuer: "https://clerk.example.com",
///         authorizedParties: ["https://app.example.com"]
///     )
/// )
/// ```
///
/// A pending session, whose user still has a task to do, is signed out: 401.
public struct ClerkAuthenticator: Authenticator {
    private let verifiers: [TokenVerifier]

    /// Makes an authenticator.
    ///
    /// - Parameters:
    ///   - keys: The instance's keys: a ``KeySet`` or a ``RemoteKeySet``.
    ///   - clock: What tells the time.
    public init(
        keys: any KeySource,
        configuration: Configuration = Configuration(),
        clock: WallClock = .system
    ) {
        verifiers = configuration.acceptedTokens.map { kind in
            TokenVerifier(keys: keys, configuration: configuration.verification(of: kind), clock: clock)
        }
    }

    public func authenticate(_ request: AuthorizationRequest) async -> Authentication {
        switch BearerCredential(request.headerFields) {
        case .absent: return .anonymous
        case .malformed: return .malformedCredential
        case .token(let token):
            do throws(TokenError) {
                let principal = ClerkToken(try await verify(token)).principal
                guard principal.session?.isPending != true else {
                    // Ours: Clerk's SDK signs such a session out without a reason.
                    return .rejected(code: "session-pending", message: "the user still has a task to do")
                }
                return .authenticated(principal)
            } catch {
                return Authentication(error)
            }
        }
    }

    /// Verifies a token as each accepted kind in turn, until one fits. A token that is of none has the first reason.
    private func verify(_ token: String) async throws(TokenError) -> VerifiedToken {
        var reason: TokenError?
        for verifier in verifiers {
            do throws(TokenError) {
                return try await verifier.verify(token)
            } catch {
                // Only these two can mean that it is of another kind.
                guard error.code == .invalid || error.code == .typeMismatch else { throw error }
                reason = reason ?? error
            }
        }
        throw reason ?? TokenError(.typeMismatch, "no kind of token is accepted")
    }
}

extension ClerkAuthenticator {
    /// What a token must be.
    public struct Configuration: Sendable, Hashable {
        /// What `iss` must be: the instance's Frontend API address. Nil accepts any issuer whose key signed the token.
        public var issuer: String?
        /// One of these must be `azp`, the origin that a session token was made for; none accepts any. Machine and OAuth
        /// tokens have no origin, and are not asked.
        public var authorizedParties: [String]
        /// Whether `azp` may be absent although parties are configured: Clerk leaves it out of tokens that no browser's
        /// origin asked for, such as those of native apps. An `azp` that is there must still match.
        public var allowsMissingAuthorizedParty: Bool
        /// One of these must be in `aud`; none accepts any.
        public var audiences: [String]
        /// By how much clocks may differ.
        public var clockSkew: Duration
        /// The kinds of token that are accepted.
        public var acceptedTokens: [ClerkTokenKind]
        /// The algorithms that are accepted: RS256 is what Clerk signs with.
        public var algorithms: Set<SignatureAlgorithm>
        /// How many of the tokens that were accepted are remembered, of each kind; 0: none.
        public var rememberedTokens: Int

        /// Makes a configuration for the instance of this key, whose address its tokens must have as `iss`; otherwise as
        /// the other.
        public init(publishableKey: PublishableKey, authorizedParties: [String] = []) {
            self.init(issuer: publishableKey.issuer, authorizedParties: authorizedParties)
        }

        /// Makes a configuration; by default session tokens alone are accepted.
        public init(
            issuer: String? = nil,
            authorizedParties: [String] = [],
            allowsMissingAuthorizedParty: Bool = false,
            audiences: [String] = [],
            clockSkew: Duration = .seconds(5),
            acceptedTokens: [ClerkTokenKind] = [.session],
            algorithms: Set<SignatureAlgorithm> = [.rs256],
            rememberedTokens: Int = 4_096
        ) {
            self.issuer = issuer
            self.authorizedParties = authorizedParties
            self.allowsMissingAuthorizedParty = allowsMissingAuthorizedParty
            self.audiences = audiences
            self.clockSkew = clockSkew
            self.acceptedTokens = acceptedTokens
            self.algorithms = algorithms
            self.rememberedTokens = rememberedTokens
        }

        func verification(of kind: ClerkTokenKind) -> TokenVerifier.Configuration {
            TokenVerifier.Configuration(
                profile: kind.profile,
                algorithms: algorithms,
                issuer: issuer,
                audiences: audiences,
                authorizedParties: kind == .session ? authorizedParties : [],
                allowsMissingAuthorizedParty: allowsMissingAuthorizedParty,
                clockSkew: clockSkew,
                rememberedTokens: rememberedTokens
            )
        }
    }
}
