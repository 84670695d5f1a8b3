#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// Routes under one path. Each route requires all that the group requires, and its own requirements.
///
/// Routes of Hummingbird's own groups inside this group require all that this group requires.
public struct GuardedRouterGroup<Context: PrincipalRequestContext>: GuardedRouterMethods {
    /// The group of routes without a guard. The middlewares of this group run before the guard.
    private let group: RouterGroup<Context>
    private let path: RouterPath
    private let requirements: [Requirement]
    private let guards: any RouteGuarding

    init(_ group: RouterGroup<Context>, path: RouterPath, requirements: [Requirement], _ guards: any RouteGuarding) {
        self.group = group
        self.path = path
        self.requirements = requirements
        self.guards = guards
    }

    /// Adds a middleware for the routes that are registered later. The middleware runs before the guard.
    @discardableResult
    public func add(middleware: any MiddlewareProtocol<Request, Response, Context>) -> Self {
        group.add(middleware: middleware)
        return self
    }

    /// Registers a route with its own requirements and those of the group.
    @discardableResult
    public func on<Responder: HTTPResponder>(
        _ path: RouterPath,
        method: HTTPRequest.Method,
        requires requirements: [Requirement],
        responder: Responder
    ) -> Self where Responder.Context == Context {
        let route = GuardedRoute(
            path: self.path.appendingPath(path),
            method: method,
            requirements: self.requirements + requirements
        )
        group.on(path, method: method, responder: guards.guarding(responder, of: route))
        return self
    }

    /// Makes a group inside this group, with more requirements than this group.
    public func group(_ path: RouterPath, requires requirements: [Requirement]) -> Self {
        Self(
            group.group(path),
            path: self.path.appendingPath(path),
            requirements: self.requirements + requirements,
            guards
        )
    }

    /// Makes a group with another type of context, which has a principal as well.
    public func group<Target: PrincipalRequestContext & ChildRequestContext>(
        _ path: RouterPath = "",
        context: Target.Type,
        requires requirements: Requirement...
    ) -> GuardedRouterGroup<Target> where Target.ParentContext == Context {
        group(path, context: context, requires: requirements)
    }

    func group<Target: PrincipalRequestContext & ChildRequestContext>(
        _ path: RouterPath,
        context: Target.Type,
        requires requirements: [Requirement]
    ) -> GuardedRouterGroup<Target> where Target.ParentContext == Context {
        GuardedRouterGroup<Target>(
            group.group(path, context: context),
            path: self.path.appendingPath(path),
            requirements: self.requirements + requirements,
            guards
        )
    }
}
#endif
