#if !Hummingbird
public import GatehouseHTTP

// The names of this module that a program writes, so that the compiler says which trait it lacks: with the initializers that programs call, since
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

/// The common part of a guarded router and its groups.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public protocol GuardedRouterMethods<Context> {
    associatedtype Context
}

/// Attaches the principal whose credential a request carries.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct AuthenticationMiddleware {
    public init(_ authenticator: some Authenticator, refusals: Refusals = Refusals()) {}
}

/// Lets a request go on only if a requirement is met.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct RequirementMiddleware {
    public init(_ requirement: Requirement, by authorizer: Authorizer, refusals: Refusals = Refusals()) {}
}

/// Refuses every request that no middleware before it decided.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct DecisionMiddleware {
    public init(refusals: Refusals = Refusals()) {}
}

/// Runs a guard for a router of Hummingbird or for a group of its routes.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct GuardMiddleware {
    public init(_ requestGuard: some RequestGuard) {}
}

/// The findings of guards about a request.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct RequestAccess {
    public init() {}
}

/// A request context that knows who asks.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public protocol PrincipalRequestContext {}

/// The smallest context that knows who asks.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct BasicPrincipalRequestContext {}
#endif
