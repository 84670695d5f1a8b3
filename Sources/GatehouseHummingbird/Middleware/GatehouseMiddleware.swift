#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// Runs an authorization middleware for a router or for a group of routes, for who composes guards by hand. A ``GuardedRouter`` closes
/// what nobody thought of; this does not.
///
/// ```swift
/// let router = Router(context: BasicPrincipalRequestContext.self)
/// router.add(middleware: GatehouseMiddleware(AuthenticationMiddleware(authenticator)))
/// router.group("invoices")
///     .add(middleware: GatehouseMiddleware(requiring: .permission("org:invoices:read"), by: authorizer))
///     .get { _, context in "Hello, \(context.principal?.id ?? "")" }
/// ```
///
/// The principal that a request goes on with is the context's; a rejection is the answer, and no handler runs.
/// The principal passes from one such middleware to the next, and whether something has decided: a ``DecisionGuard`` is content with
/// what a middleware before it said, also one of the whole router.
public struct GatehouseMiddleware<Context: PrincipalRequestContext, Authorization: AuthorizationMiddleware>:
    RouterMiddleware
{
    private let authorization: Authorization

    /// Makes a middleware.
    public init(_ authorization: Authorization) {
        self.authorization = authorization
    }

    public func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var asked = AuthorizationRequest(request.head, requestID: context.knownID, principal: context.principal)
        asked.isDecided = context.isDecided
        for (name, value) in context.parameters { asked.addParameter(String(name), String(value)) }
        // Hummingbird keeps the last value of a placeholder alone.
        for name in (context.endpointPath ?? "").placeholders.repeated { asked.addParameter(name, "") }
        switch await authorization.authorize(asked) {
        case .proceed(let authorized):
            var context = context
            context.principal = authorized.principal
            context.isDecided = authorized.isDecided
            return try await next(request, context)
        case .reject(let rejection): return context.response(to: asked, rejectedBy: rejection)
        }
    }
}

extension GatehouseMiddleware where Authorization == RequirementMiddleware {
    /// Makes a middleware that asks for what a principal attached before it must fulfil.
    public init(
        requiring requirement: Requirement,
        by authorizer: Authorizer,
        refusals: Refusals = Refusals()
    ) {
        self.init(RequirementMiddleware(requirement, by: authorizer, refusals: refusals))
    }
}
#endif
