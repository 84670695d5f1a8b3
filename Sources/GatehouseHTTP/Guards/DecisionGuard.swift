/// A guard at the end of a chain, which refuses every request about which no earlier guard decided.
///
/// A forgotten route is then closed, not open.
public struct DecisionGuard: RequestGuard {
    private let refusals: Refusals
    private let authorizer: Authorizer?

    /// Makes a guard.
    ///
    /// - Parameters:
    ///   - refusals: The answers to refused requests.
    ///   - authorizer: The authorizer whose observers are told about refusals; `nil` if no observer is told.
    public init(refusals: Refusals = Refusals(), telling authorizer: Authorizer? = nil) {
        (self.refusals, self.authorizer) = (refusals, authorizer)
    }

    public func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        if request.isDecided { return .proceed(request) }
        let reason = "nothing decided this request"
        guard let authorizer else { return .reject(refusals.refused(request, reason)) }
        return .reject(await authorizer.refusing(request, nil, reason, refusals))
    }

    public func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? {
        request.isDecided ? request : nil
    }
}
