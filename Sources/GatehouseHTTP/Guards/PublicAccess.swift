/// A guard that accepts every request, with or without a principal.
public struct PublicAccess: RequestGuard {
    /// Makes the guard.
    public init() {}

    public func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        .proceed(request.decided)
    }

    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? { request.decided }
}
