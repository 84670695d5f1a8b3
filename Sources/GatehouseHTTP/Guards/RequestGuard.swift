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

    /// The request as it goes on, where that is known without suspending; `nil` where ``authorize(_:)`` has to be asked.
    ///
    /// An adapter asks here first, since an answer without suspension costs less. An answer is one that ``authorize(_:)`` would give
    /// as well.
    func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest?
}

extension RequestGuard {
    /// `nil`, since nothing is known beforehand.
    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? { nil }
}
