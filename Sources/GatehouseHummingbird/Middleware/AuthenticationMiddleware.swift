#if Hummingbird
public import GatehouseHTTP
import Hummingbird

/// A middleware that attaches the principal of a request's credential, and lets a request without a credential go on. The answer to a
/// credential that is not accepted is 401, and the answer to a credential that could not be checked is 503.
public typealias AuthenticationMiddleware<Context: PrincipalRequestContext, A: Authenticator> =
    GuardMiddleware<Context, AuthenticationGuard<A>>

extension GuardMiddleware {
    /// Makes a middleware that authenticates the sender of a request.
    public init<A: Authenticator>(
        _ authenticator: A,
        refusals: Refusals = Refusals()
    ) where Guard == AuthenticationGuard<A> {
        self.init(AuthenticationGuard(authenticator, refusals: refusals), refusals: refusals)
    }
}
#endif
