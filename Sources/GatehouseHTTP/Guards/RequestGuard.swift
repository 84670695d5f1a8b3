/// Decides whether a request goes on: any server can call it, with no framework in sight. An adapter makes the server's own kind of
/// middleware of it.
///
/// Guards compose in sequence:
///
/// ```swift
/// let guarded = AuthenticationGuard(authenticator).requiring(.permission("org:invoices:read"), by: authorizer)
/// ```
public protocol RequestGuard: Sendable {
    /// Lets a request go on, perhaps with what was found out about it, or rejects it.
    func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult
}
