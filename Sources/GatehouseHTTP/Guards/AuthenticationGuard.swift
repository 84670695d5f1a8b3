/// A guard that attaches the principal of a request's credential.
///
/// A request without a credential goes on without a principal, even if it had one before. The answer to a credential that is not accepted
/// is 401, and the answer to a credential that could not be checked is 503.
public struct AuthenticationGuard<A: Authenticator>: RequestGuard {
    @usableFromInline let authenticator: A
    @usableFromInline let refusals: Refusals

    /// Makes a guard.
    @inlinable
    public init(_ authenticator: A, refusals: Refusals = Refusals()) {
        self.authenticator = authenticator
        self.refusals = refusals
    }

    @inlinable
    public func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        if let known = authorizedAtHand(request) { return .proceed(known) }
        var request = request
        switch await authenticator.authenticate(request) {
        case .authenticated(let principal):
            request.principal = principal
            return .proceed(request)
        case .anonymous:
            request.principal = nil
            return .proceed(request)
        case .rejected(let code, let message):
            return .reject(refusals.invalidCredential(request, code: code, message: message))
        case .unavailable(let code, let message, let retryAfter):
            let reason = Rejection.Reason(code: code, message: message)
            return .reject(refusals.unavailable(request, reason, retryAfter: retryAfter))
        }
    }

    @inlinable
    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? {
        authenticator.principalAtHand(for: request).map { principal in
            var request = request
            request.principal = principal
            return request
        }
    }
}
