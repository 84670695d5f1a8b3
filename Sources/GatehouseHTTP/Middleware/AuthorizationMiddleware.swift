/// Decides whether a request goes on: what any server can call, with no framework in sight.
///
/// Middlewares compose in sequence:
///
/// ```swift
/// let guarded = AuthenticationMiddleware(authenticator).requiring(.permission("org:invoices:read"), by: authorizer)
/// ```
public protocol AuthorizationMiddleware: Sendable {
    /// Lets a request go on, perhaps with what was found out about it, or rejects it.
    func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult
}

/// What becomes of a request.
public enum AuthorizationResult: Sendable {
    /// It goes on, as it stands here.
    case proceed(AuthorizationRequest)
    /// It is answered at once.
    case reject(Rejection)
}
