#if !Hummingbird
public import GatehouseHTTP

// These stubs have the names that programs use, so that the compiler names the trait that the program lacks. They have the initializers
// that programs call, since the compiler reports an initializer that does not fit before it reports the type.

/// A router in which every route is closed unless the route states its requirements.
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

/// A middleware that attaches the principal of a request's credential.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct AuthenticationMiddleware {
    public init(_ authenticator: some Authenticator, refusals: Refusals = Refusals()) {}
}

/// A middleware that accepts a request only if a requirement is met.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct RequirementMiddleware {
    public init(_ requirement: Requirement, by authorizer: Authorizer, refusals: Refusals = Refusals()) {}
}

/// A middleware that refuses every request about which no earlier middleware decided.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct DecisionMiddleware {
    public init(refusals: Refusals = Refusals()) {}
}

/// A middleware that runs a guard for a router of Hummingbird or for a group of its routes.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct GuardMiddleware {
    public init(_ requestGuard: some RequestGuard) {}
}

/// The findings of guards about a request.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct RequestAccess {
    public init() {}
}

/// A request context that has the principal of the request.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public protocol PrincipalRequestContext {}

/// The smallest context that has the principal of the request.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct BasicPrincipalRequestContext {}
#endif
