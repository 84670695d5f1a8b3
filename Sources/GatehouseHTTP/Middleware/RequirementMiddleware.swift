/// Lets a request go on only if a requirement is met: 401 without a principal, 403 without the right, 503 where it could
/// not be decided.
///
/// It names no resource: a role that is held for one resource only counts where a handler asks for that resource.
public struct RequirementMiddleware: AuthorizationMiddleware {
    private let requirement: Requirement
    private let authorizer: Authorizer
    private let refusals: Refusals

    /// Makes a middleware.
    ///
    /// - Parameters:
    ///   - requirement: what must be met.
    ///   - authorizer: who decides on permissions and roles.
    public init(_ requirement: Requirement, by authorizer: Authorizer, refusals: Refusals = Refusals()) {
        self.requirement = requirement
        self.authorizer = authorizer
        self.refusals = refusals
    }

    public func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        if let name = request.repeatedParameter {
            return .reject(refusals.refused(request, "the route has the placeholder \(name.printable) twice"))
        }
        let context = RequirementContext(
            principal: request.principal,
            parameters: request.parameters,
            authorizer: authorizer
        )
        switch await requirement.evaluate(context) {
        case .allowed:
            var request = request
            request.isDecided = true
            return .proceed(request)
        case .refused(let message):
            return .reject(refusals.refused(request, message))
        case .unauthenticated:
            return .reject(refusals.unauthenticated(request))
        case .unavailable(let message, let retryAfter):
            let reason = Rejection.Reason(code: "undecided", message: message)
            return .reject(refusals.unavailable(request, reason, retryAfter: retryAfter))
        }
    }
}
