#if Hummingbird
public import GatehouseHTTP
import Hummingbird

/// Refuses every request that no middleware before it decided, so that a route of the group that was forgotten is closed.
public typealias DecisionMiddleware<Context: PrincipalRequestContext> = GuardMiddleware<Context, DecisionGuard>

extension GuardMiddleware where Guard == DecisionGuard {
    /// Makes a middleware.
    ///
    /// - Parameters:
    ///   - refusals: The answers to requests that are refused.
    ///   - authorizer: The authorizer whose observers hear of refusals; `nil` if nobody does.
    public init(refusals: Refusals = Refusals(), telling authorizer: Authorizer? = nil) {
        self.init(DecisionGuard(refusals: refusals, telling: authorizer))
    }
}
#endif
