#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// Runs a guard for a router or for a group of routes, for who composes guards by hand. A ``GuardedRouter`` closes what nobody thought
/// of; this does not.
///
/// ```swift
/// let router = Router(context: BasicPrincipalRequestContext.self)
/// router.add(middleware: AuthenticationMiddleware(clerk))
/// router.group("invoices")
///     .add(middleware: RequirementMiddleware(.permission("org:invoices:read"), by: authorizer))
///     .get { _, context in "Hello, \(context.principal?.id ?? "")" }
/// ```
///
/// The principal that a request goes on with is the context's; a rejection is the answer, and no handler runs. Guards in a row read the
/// request once: the first gives it its id, and what it finds out passes to the next, also whether it has decided.
public struct GuardMiddleware<Context: PrincipalRequestContext, Guard: RequestGuard>: RouterMiddleware {
    private let requestGuard: Guard

    /// Makes a middleware of a guard, such as one of your own.
    public init(_ requestGuard: Guard) {
        self.requestGuard = requestGuard
    }

    public func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let seen = SeenRequest(request, context, after: context.access.seen)
        let authorized: AuthorizationRequest
        if let known = requestGuard.authorizedAtHand(seen.request) {
            authorized = known
        } else {
            switch await requestGuard.authorize(seen.request) {
            case .proceed(let judged): authorized = judged
            case .reject(let rejection): return context.response(to: seen.request, rejectedBy: rejection)
            }
        }
        var context = context
        context.access = RequestAccess(authorized, seen)
        return try await next(request, context)
    }
}
#endif
