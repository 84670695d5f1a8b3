#if Hummingbird
public import GatehouseHTTP
import Hummingbird

/// A middleware that accepts a request only if the principal that was attached before meets a requirement. The answer is 401 without a
/// principal, 403 if the requirement is not met, and 503 if no decision was possible.
public typealias RequirementMiddleware<Context: PrincipalRequestContext> = GuardMiddleware<Context, RequirementGuard>

extension GuardMiddleware where Guard == RequirementGuard {
    /// Makes a middleware.
    ///
    /// - Parameters:
    ///   - requirement: The requirement that a principal has to meet.
    ///   - authorizer: The authorizer that decides about permissions and roles.
    ///   - refusals: The answers to refused requests.
    public init(_ requirement: Requirement, by authorizer: Authorizer, refusals: Refusals = Refusals()) {
        self.init(RequirementGuard(requirement, by: authorizer, refusals: refusals), refusals: refusals)
    }
}
#endif
