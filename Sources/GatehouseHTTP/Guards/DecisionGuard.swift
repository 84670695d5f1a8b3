/// Stands at the end of a chain and refuses every request that nothing before it decided.
///
/// A route that was forgotten is then closed, not open.
public struct DecisionGuard: RequestGuard {
    private let refusals: Refusals

    /// Makes a guard.
    public init(refusals: Refusals = Refusals()) {
        self.refusals = refusals
    }

    public func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        request.isDecided ? .proceed(request) : .reject(refusals.refused(request, "nothing decided this request"))
    }

    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? {
        request.isDecided ? request : nil
    }
}
