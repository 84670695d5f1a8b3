/// Authenticates by the signed tokens (RFC 7519) of any issuer, sent as bearer tokens.
///
/// ```swift
/// let authenticator = JWTAuthenticator(
///     verifier: TokenVerifier(keys: keys, configuration: .init(issuer: "https://id.example.com", audiences: ["invoices"])),
///     claims: ClaimMapping(roles: ["realm_access.roles"], permissions: ["scope"])
/// )
/// ```
///
/// Give the verifier an issuer and an audience: without them a token is as good here as wherever it was meant for.
public struct JWTAuthenticator: Authenticator {
    private let verifier: TokenVerifier
    private let claims: ClaimMapping
    private let kind: Principal.Kind
    private let marks: RevocationMarks?

    /// Makes an authenticator.
    ///
    /// - Parameters:
    ///   - verifier: what decides whether a token is good.
    ///   - claims: which claims say what about the bearer.
    ///   - kind: what kind of bearer the tokens speak for.
    ///   - marks: which tokens no longer say what they say, such as those of the `Authorizer`; nil: all that verify do.
    public init(
        verifier: TokenVerifier,
        claims: ClaimMapping = ClaimMapping(),
        kind: Principal.Kind = .user,
        marks: RevocationMarks? = nil
    ) {
        self.verifier = verifier
        self.claims = claims
        self.kind = kind
        self.marks = marks
    }

    public func authenticate(_ request: AuthorizationRequest) async -> Authentication {
        switch BearerCredential(request.headerFields) {
        case .absent: return .anonymous
        case .malformed: return .malformedCredential
        case .token(let token):
            do throws(TokenError) {
                let verified = try await verifier.verify(token)
                guard let principal = claims.principal(of: verified, kind: kind) else {
                    let code = TokenError.Code.verificationFailed.rawValue
                    return .rejected(code: code, message: "the claim that should name the bearer does not")
                }
                return Authentication(principal, issuedAt: verified.issuedAt, judgedBy: marks)
            } catch {
                return Authentication(error)
            }
        }
    }
}
