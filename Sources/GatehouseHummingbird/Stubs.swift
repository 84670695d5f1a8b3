#if !Hummingbird
public import GatehouseHTTP

// What a program names of this module, so that the compiler says which trait it lacks: with the initializers that programs call, since
// one that does not fit is told before the type.

/// A router in which every route is closed unless it says what it requires.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public final class GuardedRouter<Context> {
    public init(
        context: Context.Type = BasicPrincipalRequestContext.self,
        options: Any? = nil,
        by authenticator: some Authenticator,
        _ authorizer: Authorizer,
        refusals: Refusals = Refusals(),
        logger: Any? = nil
    ) {}
}

/// A group of a guarded router's routes.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct GuardedRouterGroup<Context> {}

/// What a guarded router and its groups have in common.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public protocol GuardedRouterMethods<Context> {
    associatedtype Context
}

/// Runs an authorization middleware for a router of Hummingbird or for a group of its routes.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct GatehouseMiddleware<Context, Authorization: AuthorizationMiddleware> {
    public init(_ authorization: Authorization) {}
}

@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
extension GatehouseMiddleware where Context == Never, Authorization == RequirementMiddleware {
    public init(requiring requirement: Requirement, by authorizer: Authorizer, refusals: Refusals = Refusals()) {
        self.init(RequirementMiddleware(requirement, by: authorizer, refusals: refusals))
    }
}

/// A request context that knows who asks.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public protocol PrincipalRequestContext {}

/// The smallest context that knows who asks.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct BasicPrincipalRequestContext {}
#endif
