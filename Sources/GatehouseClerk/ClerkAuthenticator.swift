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
        /// One of these must be in `aud`; none accepts any.
        public var audiences: [String]
        /// By how much clocks may differ.
        public var clockSkew: Duration
        /// The kinds of token that are accepted.
        public var acceptedTokens: [ClerkTokenKind]

        /// Makes a configuration; by default session tokens alone are accepted.
        public init(
            issuer: String? = nil,
            authorizedParties: [String] = [],
            audiences: [String] = [],
            clockSkew: Duration = .seconds(5),
            acceptedTokens: [ClerkTokenKind] = [.session]
        ) {
            self.issuer = issuer
            self.authorizedParties = authorizedParties
            self.audiences = audiences
            self.clockSkew = clockSkew
            self.acceptedTokens = acceptedTokens
        }

        func verification(of kind: ClerkTokenKind) -> TokenVerifier.Configuration {
            TokenVerifier.Configuration(
                profile: kind.profile,
                issuer: issuer,
                audiences: audiences,
                authorizedParties: kind == .session ? authorizedParties : [],
                clockSkew: clockSkew
            )
        }
    }
}
