#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// A router behind a guard. No middleware and no route of the router runs before the guard has accepted the request, so that the order in
/// which routes are registered does not matter.
public struct GuardedResponderBuilder<Router: HTTPResponderBuilder, Guard: RequestGuard>: HTTPResponderBuilder
where Router.Responder.Context: PrincipalRequestContext {
    private let router: Router
    private let requestGuard: Guard

    init(_ router: Router, _ requestGuard: Guard) {
        (self.router, self.requestGuard) = (router, requestGuard)
    }

    public func buildResponder() -> Responder {
        Responder(responder: router.buildResponder(), requestGuard: requestGuard)
    }

    /// A responder that runs a router's responder for accepted requests.
    public struct Responder: HTTPResponder {
        public typealias Context = Router.Responder.Context

        let responder: Router.Responder
        let requestGuard: Guard

        public func respond(to request: Request, context: Context) async throws -> Response {
            let asked = AuthorizationRequest(request.head, knownAs: context.knownID, principal: context.principal)
            let authorized: AuthorizationRequest
            if let known = requestGuard.authorizedAtHand(asked) {
                authorized = known
            } else {
                switch await requestGuard.authorize(asked) {
                case .proceed(let judged): authorized = judged
                case .reject(let rejection): return context.response(to: asked, rejectedBy: rejection)
                }
            }
            RequestLog(context.logger).accepted(authorized)
            var context = context
            context.access = RequestAccess(authorized, nil)
            return try await responder.respond(to: request, context: context)
        }
    }
}

extension HTTPResponderBuilder where Responder.Context: PrincipalRequestContext {
    /// Returns the router behind a guard, such as a `RouteGuard`.
    ///
    /// ```swift
    /// let guarded = router.guarded(by: RouteGuard(rules, by: clerk, authorizer, host: .hummingbird))
    /// try await Application(router: guarded).runService()
    /// ```
    public func guarded<Guard: RequestGuard>(by requestGuard: Guard) -> GuardedResponderBuilder<Self, Guard> {
        GuardedResponderBuilder(self, requestGuard)
    }
}

extension HostReading {
    /// The way in which Hummingbird's router reads paths, unless the router was told to ignore case as well
    /// (`RouterOptions.caseInsensitive`).
    public static var hummingbird: Self { .ignoresTrailingSlash }
}

extension RouteRules {
    /// Returns the routes of a router that no rule covers. Call the method before the application starts, or in a test.
    public func unguarded<Context: RequestContext>(of router: Router<Context>) -> [RegisteredRoute] {
        unguarded(among: router.routes.map { RegisteredRoute($0.method, $0.path.description) })
    }
}
#endif
