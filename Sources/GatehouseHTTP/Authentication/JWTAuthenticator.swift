/// An authenticator for signed tokens (RFC 7519) of any issuer, sent as bearer tokens.
///
/// ```swift
/// let authenticator = JWTAuthenticator(
///     verifier: try TokenVerifier(keys: keys, configuration: .init(issuer: "https://id.example.com", audiences: ["invoices"])),
///     claims: ClaimMapping(roles: ["realm_access.roles"], permissions: ["scope"])
/// )
/// ```
///
/// The loads of a `RemoteKeySet` are logged (``KeySetLog``), unless the key set was made with an observer.
///
/// Give the verifier an issuer and an audience. Without them, a token for any other audience is valid here, too.
public struct JWTAuthenticator: Authenticator {
    private let verifier: TokenVerifier
    private let claims: ClaimMapping
    private let kind: Principal.Kind
    private let tokenKind: Principal.TokenKind
    private let clients: [String]
    private let demands: [ClaimDemand]
    private let marks: RevocationMarks?
    private let identity = AuthenticatorIdentity()

    /// Makes an authenticator.
    ///
    /// - Parameters:
    ///   - verifier: The verifier of tokens.
    ///   - claims: The claims that contain the facts about the bearer.
    ///   - kind: The kind of bearer of the tokens.
    ///   - tokenKind: The kind of credential. With `.oauth` the tokens are delegated: the bearer may do only what both the user may do and
    ///     the authorizer's `Authorizer.scopes` allow.
    ///   - clients: The OAuth clients whose tokens are accepted (`client_id`); empty if all clients are accepted.
    ///   - demands: Further demands on the claims, such as on `token_use`. A token must meet all of them.
    ///   - marks: The marks of tokens that are no longer accepted, such as those of the `Authorizer`; `nil` if all verified tokens are
    ///     accepted.
    public init(
        verifier: TokenVerifier,
        claims: ClaimMapping = ClaimMapping(),
        kind: Principal.Kind = .user,
        tokenKind: Principal.TokenKind = .jwt,
        clients: [String] = [],
        demands: [ClaimDemand] = [],
        marks: RevocationMarks? = nil
    ) {
        self.verifier = verifier
        self.claims = claims
        self.kind = kind
        self.tokenKind = tokenKind
        self.clients = clients
        self.demands = demands
        self.marks = marks
        verifier.keys.logChanges()
    }

    public func authenticate(_ request: AuthorizationRequest) async -> Authentication {
        switch BearerCredential(request.headerFields) {
        case .absent: return .anonymous
        case .malformed: return .malformedCredential
        case .token(let token):
            do throws(TokenError) {
                let verified = try await verifier.verify(token)
                for demand in demands where !demand.isMet(by: verified) {
                    throw TokenError(.verificationFailed, "the token does not have \(demand)")
                }
                let principal = try verified.principal(readBy: identity) { () throws(TokenError) in
                    guard let principal = claims.principal(of: verified, kind: kind, tokenKind: tokenKind) else {
                        throw TokenError(.verificationFailed, "the claim that should name the bearer does not")
                    }
                    return principal
                }
                guard clients.isEmpty || principal.isOfClient(among: clients) else { return .otherClient }
                return Authentication(principal, issuedAt: verified.issuedAt, judgedBy: marks)
            } catch {
                return Authentication(error)
            }
        }
    }

    public func principalAtHand(for request: AuthorizationRequest) -> Principal? {
        guard let token = BearerCredential.token(in: request, acceptedBy: verifier),
            let principal = token.principal(knownTo: identity),
            clients.isEmpty || principal.isOfClient(among: clients),
            marks?.accepts(principal, issuedAt: token.issuedAt) != false
        else { return nil }
        return principal
    }
}

extension JWTAuthenticator {
    /// Loads the keys and keeps them current until the task is cancelled or the service group shuts down.
    public func run() async throws { try await verifier.keys.runUntilShutdown() }
}
