#if Hummingbird
public import GatehouseHTTP
import Hummingbird

/// Lets a request go on only if the principal that was attached before meets a requirement: 401 without a principal, 403 without the
/// right, 503 where that could not be decided.
public typealias RequirementMiddleware<Context: PrincipalRequestContext> = GuardMiddleware<Context, RequirementGuard>

extension GuardMiddleware where Guard == RequirementGuard {
    /// Makes a middleware.
    ///
    /// - Parameters:
    ///   - requirement: The requirement.
    ///   - authorizer: Who decides on permissions and roles.
    ///   - refusals: The answers to requests that are refused.
    public init(_ requirement: Requirement, by authorizer: Authorizer, refusals: Refusals = Refusals()) {
        self.init(RequirementGuard(requirement, by: authorizer, refusals: refusals))
    }
}
#endif
