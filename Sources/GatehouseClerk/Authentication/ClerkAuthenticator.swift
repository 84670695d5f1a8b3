/// An authenticator for the tokens of a Clerk instance, sent as bearer tokens or, if so configured, in the session cookie.
///
/// ```swift
/// let clerk = try ClerkAuthenticator(
///     publishableKey: "pk_live_…",
///     authorizedParties: ["https://app.example.com"],
///     transport: AsyncHTTPClientTransport()
/// )
/// ```
///
/// An authenticator that runs as a service beside a server (``run()``) loads the keys at the start and keeps them current.
///
/// A pending session, whose user still has a task to do, is signed out: 401.
public struct ClerkAuthenticator: Authenticator {
    /// The parts in one object, so that a copy of the authenticator, such as for a request, copies only one reference.
    private final class Parts: Sendable {
        let configuration: Configuration
        let verifiers: [ClerkTokenKind: TokenVerifier]
        /// The verifier of the first accepted kind, whose tokens are looked up among the remembered tokens.
        let firstVerifier: FirstVerifier?
        let keys: any KeySource
        let opaqueTokens: OpaqueTokenGate?
        let marks: RevocationMarks?
        let clock: WallClock
        let identity: AuthenticatorIdentity

        init(
            _ configuration: Configuration,
            _ verifiers: [ClerkTokenKind: TokenVerifier],
            _ keys: any KeySource,
            _ opaqueTokens: OpaqueTokenGate?,
            _ marks: RevocationMarks?,
            _ clock: WallClock,
            _ identity: AuthenticatorIdentity
        ) {
            (self.configuration, self.verifiers, self.keys) = (configuration, verifiers, keys)
            (self.opaqueTokens, self.marks, self.clock) = (opaqueTokens, marks, clock)
            self.identity = identity
            firstVerifier = configuration.acceptedTokens.first.flatMap { verifiers[$0] }.map { FirstVerifier($0) }
        }
    }

    /// A verifier that is used in place, and not copied.
    private final class FirstVerifier: Sendable {
        let verifier: TokenVerifier

        init(_ verifier: TokenVerifier) {
            self.verifier = verifier
        }
    }

    private let parts: Parts
    var configuration: Configuration { parts.configuration }
    var opaqueTokens: OpaqueTokenGate? { parts.opaqueTokens }

    /// Makes an authenticator.
    ///
    /// - Parameters:
    ///   - keys: The instance's keys: a `KeySet` or a `RemoteKeySet`. The loads of a `RemoteKeySet` without an observer are logged
    ///     (`KeySetLog`).
    ///   - opaqueTokens: The verifier of tokens that are no JWTs; `nil` accepts no such token. The number of questions is bounded:
    ///     ``Configuration/opaqueTokens``.
    ///   - configuration: The settings: the issuer, the authorized parties, and the kinds of token.
    ///   - marks: The marks of JWTs that are no longer accepted, such as those of the `Authorizer`; `nil` if all that verify are accepted.
    ///     Opaque tokens are judged by their issuer.
    ///   - clock: The clock that tells the time.
    ///   - monotonicClock: The clock that bounds the memory of answers about opaque tokens.
    /// - Throws: `SettingError` for a setting that is out of its range.
    public init(
        keys: any KeySource,
        opaqueTokens: (any OpaqueTokenVerifier)? = nil,
        configuration: Configuration = Configuration(),
        marks: RevocationMarks? = nil,
        clock: WallClock = .system,
        monotonicClock: MonotonicClock = .system
    ) throws(SettingError) {
        try configuration.requireRanges()
        var verifiers: [ClerkTokenKind: TokenVerifier] = [:]
        for kind in ClerkTokenKind.allCases {
            guard let verification = configuration.verification(of: kind) else { continue }
            verifiers[kind] = try TokenVerifier(keys: keys, configuration: verification, clock: clock)
        }
        let opaqueTokens = opaqueTokens.map {
            OpaqueTokenGate(
                $0,
                limits: configuration.opaqueTokens,
                clockSkew: configuration.clockSkew,
                clock: clock,
                monotonicClock: monotonicClock
            )
        }
        parts = Parts(configuration, verifiers, keys, opaqueTokens, marks, clock, AuthenticatorIdentity())
        keys.logChanges()
    }

    private init(_ parts: Parts) {
        self.parts = parts
    }

    /// The issuer of the principals: the `iss` of accepted tokens; `nil` if any issuer is accepted.
    public var issuer: String? { configuration.issuer }

    /// Loads the keys and keeps them current, until the task is cancelled or, within a service group, the group shuts down.
    public func run() async throws { try await parts.keys.runUntilShutdown() }

    /// Returns an authenticator for a route that accepts other kinds of token. Both share the memory of tokens.
    public func accepting(_ kinds: [ClerkTokenKind]) -> ClerkAuthenticator {
        var configuration = parts.configuration
        configuration.acceptedTokens = kinds
        let parts = Parts(
            configuration,
            parts.verifiers,
            parts.keys,
            parts.opaqueTokens,
            parts.marks,
            parts.clock,
            parts.identity
        )
        return ClerkAuthenticator(parts)
    }

    public func authenticate(_ request: AuthorizationRequest) async -> Authentication {
        switch BearerCredential(request.headerFields) {
        case .absent:
            if configuration.acceptsSessionCookie, configuration.acceptedTokens.contains(.session) {
                await authenticate(
                    SessionCookies(request.headerFields, of: configuration.publishableKey, at: parts.clock.now())
                )
            } else {
                .anonymous
            }
        case .malformed: .malformedCredential
        case .token(let token):
            if let kind = ClerkTokenKind(opaque: token) {
                await authenticate(opaque: token, kind)
            } else {
                await authenticate(jwt: token, as: configuration.acceptedTokens)
            }
        }
    }

    public func principalAtHand(for request: AuthorizationRequest) -> Principal? {
        guard let first = parts.firstVerifier,
            let token = BearerCredential.token(in: request, acceptedBy: first.verifier),
            let principal = token.principal(knownTo: parts.identity), accepts(clientOf: principal),
            principal.session?.isPending != true,
            parts.marks?.accepts(principal, issuedAt: token.issuedAt) != false
        else { return nil }
        return principal
    }

    func authenticate(
        jwt: String,
        as kinds: [ClerkTokenKind],
        isCurrent: (VerifiedToken) -> Bool = { _ in true }
    ) async -> Authentication {
        do throws(TokenError) {
            let verified = try await verify(jwt, as: kinds)
            guard isCurrent(verified) else {
                return .rejected(
                    code: "session-token-iat-before-client-uat",
                    message: "the session token is older than the last change of who is signed in"
                )
            }
            let principal = try verified.principal(readBy: parts.identity) { ClerkToken(verified).principal }
            guard accepts(clientOf: principal) else { return .otherClient }
            guard principal.session?.isPending != true else {
                // The reason is Gatehouse's own: Clerk's SDK signs such a session out without a reason.
                return .rejected(code: "session-pending", message: "the user still has a task to do")
            }
            return Authentication(principal, issuedAt: verified.issuedAt, judgedBy: parts.marks)
        } catch {
            return Authentication(error)
        }
    }

    /// Returns true if an OAuth token was given to a client that is accepted.
    func accepts(clientOf principal: Principal) -> Bool {
        principal.tokenKind != .oauth || parts.configuration.clients.isEmpty
            || principal.isOfClient(among: parts.configuration.clients)
    }

    /// Verifies a token as each accepted kind in turn, until it fits one. A token that fits none is refused with the first reason.
    private func verify(_ token: String, as kinds: [ClerkTokenKind]) async throws(TokenError) -> VerifiedToken {
        var reason: TokenError?
        for (index, verifier) in kinds.compactMap({ parts.verifiers[$0] }).enumerated() {
            do throws(TokenError) {
                return try await verifier.verify(token)
            } catch {
                // Only these two codes can mean that the token is of another kind.
                guard error.code == .invalid || error.code == .typeMismatch else { throw error }
                if index == 0 { reason = error }
            }
        }
        // If no machine is accepted, a machine's token is valid for another use, so that the error is a mismatch, for any check that failed
        // first.
        if let claimed = ClerkTokenKind(claimedBy: token), claimed != .session, !kinds.contains(claimed) {
            throw TokenError(.typeMismatch, "this kind of token is not accepted")
        }
        throw reason ?? TokenError(.typeMismatch, "no such kind of token is accepted")
    }
}
