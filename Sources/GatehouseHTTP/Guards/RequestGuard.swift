/// Decides whether a request goes on. A guard depends on no server framework: an adapter makes middleware of a guard.
///
/// Guards compose in sequence:
///
/// ```swift
/// let guarded = AuthenticationGuard(authenticator).requiring(.permission("org:invoices:read"), by: authorizer)
/// ```
public protocol RequestGuard: Sendable {
    /// Lets a request go on, with the facts that were found out about it, or rejects it.
    func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult

    /// Returns the request as it goes on, if that is known without suspending; `nil` if ``authorize(_:)`` has to be asked.
    ///
    /// An adapter calls this method first, since an answer without suspension costs less. Every answer has to be one that ``authorize(_:)``
    /// would give as well.
    func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest?
}

extension RequestGuard {
    /// `nil`, since nothing is known beforehand.
    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? { nil }
}
