/// A guard that accepts or refuses a request. A guard depends on no server framework: an adapter makes middleware from a guard.
///
/// Guards compose in sequence:
///
/// ```swift
/// let guarded = AuthenticationGuard(authenticator).requiring(.permission("org:invoices:read"), by: authorizer)
/// ```
public protocol RequestGuard: Sendable {
    /// Accepts a request, with the facts that were found about it, or rejects the request.
    func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult

    /// Returns the accepted request, if the decision is known without suspension; `nil` if ``authorize(_:)`` has to be called.
    ///
    /// An adapter calls this method first, since an answer without suspension costs less. The answer must equal the answer of
    /// ``authorize(_:)``.
    func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest?
}

extension RequestGuard {
    /// Returns `nil`, since no decision is known in advance.
    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? { nil }
}
