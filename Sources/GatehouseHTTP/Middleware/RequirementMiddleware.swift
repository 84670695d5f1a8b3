/// Lets a request go on only if a requirement is met: 401 without a principal, 403 without the right, 503 where it could
/// not be decided.
///
/// A role that is held for one resource only counts where the requirement names that resource by the path, or a handler asks for it.
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
        let context = Requirement.Context(
            principal: request.principal,
            parameters: request.parameters,
            authorizer: authorizer
        )
        if let error = AccessError(await requirement.evaluate(context)) {
            return .reject(refusals.rejection(of: request, for: error))
        }
        var request = request
        request.isDecided = true
        return .proceed(request)
    }
}
