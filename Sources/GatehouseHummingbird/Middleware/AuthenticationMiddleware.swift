#if Hummingbird
public import GatehouseHTTP
import Hummingbird

/// Attaches the principal whose credential a request carries, and requires none: a request without a credential goes on. A credential
/// that is not accepted is 401, and one that could not be judged is 503.
public typealias AuthenticationMiddleware<Context: PrincipalRequestContext, A: Authenticator> =
    GuardMiddleware<Context, AuthenticationGuard<A>>

extension GuardMiddleware {
    /// Makes a middleware that finds out who sent a request.
    public init<A: Authenticator>(
        _ authenticator: A,
        refusals: Refusals = Refusals()
    ) where Guard == AuthenticationGuard<A> {
        self.init(AuthenticationGuard(authenticator, refusals: refusals))
    }
}
#endif
