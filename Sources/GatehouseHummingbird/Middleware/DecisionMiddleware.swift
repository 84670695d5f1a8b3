#if Hummingbird
public import GatehouseHTTP
import Hummingbird

/// Refuses every request that no middleware before it decided, so that a route of the group that was forgotten is closed.
public typealias DecisionMiddleware<Context: PrincipalRequestContext> = GuardMiddleware<Context, DecisionGuard>

extension GuardMiddleware where Guard == DecisionGuard {
    /// Makes a middleware.
    public init(refusals: Refusals = Refusals()) {
        self.init(DecisionGuard(refusals: refusals))
    }
}
#endif
