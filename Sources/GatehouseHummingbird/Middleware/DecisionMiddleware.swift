#if Hummingbird
public import GatehouseHTTP
import Hummingbird

/// A middleware that refuses every request about which no earlier middleware decided, so that a forgotten route of the group is closed.
public typealias DecisionMiddleware<Context: PrincipalRequestContext> = GuardMiddleware<Context, DecisionGuard>

extension GuardMiddleware where Guard == DecisionGuard {
    /// Makes a middleware.
    ///
    /// - Parameters:
    ///   - refusals: The answers to refused requests.
    ///   - authorizer: The authorizer whose observers are told about refusals; `nil` if no observer is told.
    public init(refusals: Refusals = Refusals(), telling authorizer: Authorizer? = nil) {
        self.init(DecisionGuard(refusals: refusals, telling: authorizer), refusals: refusals)
    }
}
#endif
