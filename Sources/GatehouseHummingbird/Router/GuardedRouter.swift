#if Hummingbird
public import GatehouseHTTP
public import Hummingbird
public import Logging

/// A router in which every route is closed unless the route states its requirements.
///
/// ```swift
/// let router = GuardedRouter(context: BasicPrincipalRequestContext.self, by: clerk, authorizer)
/// router.get("health", requires: .public) { _, _ in "up" }
/// router.get("me", requires: .authenticated) { _, context in try context.requirePrincipal().id }
/// router.group("orgs/:org/invoices", requires: .organization(inPath: "org"), .permission("org:invoices:read"))
///     .get { _, context in … }
///     .delete(":id", requires: .permission("org:invoices:void")) { _, context in … }
/// try await Application(router: router).runService()
/// ```
///
/// The router takes the place of Hummingbird's `Router`, so that no route is registered on an open router by mistake. The requirements of a
/// route and of the groups around it are judged together and once, directly before the handler. The answer to a route without requirements
/// is 401 without a principal, and 403 with a principal. That holds for every such route: one from a route collection, from Hummingbird's
/// own groups, or from a controller that does not know this router. The answer to a path or a method without a route is 404, also for HEAD
/// and OPTIONS.
///
/// Hummingbird reads the path before the guard: `//me` is the route `me`, and `..` is the value of a placeholder. A `RouteGuard` refuses such
/// paths.
///
/// Middlewares run before the guard: nobody guards an answer that a middleware gives by itself. That is right for the answer of
/// `CORSMiddleware` to a preflight, which has no credential, and wrong for files that are not public.
///
/// ``validate()`` throws the routes that are closed by mistake. The routes are also logged when the application is made.
public final class GuardedRouter<Context: PrincipalRequestContext>: GuardedRouterMethods, HTTPResponderBuilder {
    private let router: Router<Context>
    private let guards: any RouteGuarding
    private let logger: Logger
    private let routes: GuardedRouterGroup<Context>
    /// True if Hummingbird writes the paths of its routes in lower case.
    private let ignoresCase: Bool

    /// Makes a router.
    ///
    /// - Parameters:
    ///   - context: The type that a request carries through the router.
    ///   - options: The options of Hummingbird's `Router`. The guard of a GET route also guards the HEAD route that Hummingbird makes from
    ///     it.
    ///   - authenticator: The authenticator of senders, asked once for each request to a route that is not public.
    ///   - authorizer: The authorizer that decides for the principal.
    ///   - refusals: The answers to refused requests.
    ///   - metrics: The metrics that record decisions; `nil` if no metrics do.
    ///   - logger: The logger for routes that are closed by mistake, at the level `error`.
    public init(
        context: Context.Type = BasicPrincipalRequestContext.self,
        options: RouterOptions = [],
        by authenticator: some Authenticator,
        _ authorizer: Authorizer,
        refusals: Refusals = Refusals(),
        metrics: DecisionMetrics? = nil,
        logger: Logger = Logger(label: "gatehouse")
    ) {
        router = Router(context: context, options: options)
        ignoresCase = options.contains(.caseInsensitive)
        guards = RouteGuards(Gate(authenticator, authorizer, refusals: refusals, metrics: metrics))
        routes = GuardedRouterGroup(router.group(), path: "", requirements: [], guards)
        self.logger = logger
    }

    /// Adds a middleware for the routes that are registered later, and for paths without a route. The middleware runs before the guard.
    @discardableResult
    public func add(middleware: any MiddlewareProtocol<Request, Response, Context>) -> Self {
        router.add(middleware: middleware)
        return self
    }

    /// Registers a route with requirements.
    @discardableResult
    public func on<Responder: HTTPResponder>(
        _ path: RouterPath,
        method: HTTPRequest.Method,
        requires requirements: [Requirement],
        responder: Responder
    ) -> Self where Responder.Context == Context {
        routes.on(path, method: method, requires: requirements, responder: responder)
        return self
    }

    /// Makes a group of routes with requirements.
    public func group(_ path: RouterPath, requires requirements: [Requirement]) -> GuardedRouterGroup<Context> {
        routes.group(path, requires: requirements)
    }

    /// Makes a group of routes with another type of context, which has a principal as well.
    public func group<Target: PrincipalRequestContext & ChildRequestContext>(
        _ path: RouterPath = "",
        context: Target.Type,
        requires requirements: Requirement...
    ) -> GuardedRouterGroup<Target> where Target.ParentContext == Context {
        routes.group(path, context: context, requires: requirements)
    }

    /// Checks that no route is closed to everybody. A route is closed to everybody if it states no requirements, if it requires a
    /// permission or a role that the policy's catalogue does not have, or if it requires a placeholder that its path does not have.
    ///
    /// Call the method before the application starts, or in a test.
    ///
    /// - Throws: `RouteError` with all such routes; Hummingbird's own error if one route hides another.
    public func validate() throws {
        if let error = guards.error { throw error }
        try router.validate()
    }

    /// Returns the routes of Hummingbird's own list that have no requirement, and so are closed. `Requirement.public` is a requirement.
    ///
    /// ```swift
    /// #expect(router.unguarded().isEmpty)
    /// ```
    public func unguarded() -> [RegisteredRoute] {
        func names(_ names: Set<String>) -> Set<String> { ignoresCase ? Set(names.map { $0.lowercased() }) : names }
        let (guarded, unguarded) = (names(guards.guarded), names(guards.unguarded))
        return router.routes.compactMap { route in
            func name(_ method: HTTPRequest.Method) -> String {
                let name = "\(method.rawValue) \(route.path)"
                return ignoresCase ? name.lowercased() : name
            }
            let isRegistered = guarded.contains(name(route.method)) || unguarded.contains(name(route.method))
            // Hummingbird made a HEAD route from GET if nobody registered it, and it runs the same guard.
            let own = name(!isRegistered && route.method == .head ? .get : route.method)
            let isCovered = guarded.contains(own) && !unguarded.contains(own)
            return isCovered ? nil : RegisteredRoute(route.method, route.path.description)
        }
    }

    /// Makes the responder, and logs the routes that are closed by mistake.
    public func buildResponder() -> RouterResponder<Context> {
        for finding in guards.error?.findings ?? [] {
            logger.log(
                .error,
                "A route is closed to everybody",
                [
                    .route: "\(finding.route)", .reasonCode: "\(finding.code)",
                    .reasonMessage: "\(finding.message)",
                ]
            )
        }
        return router.buildResponder()
    }
}
#endif
