#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// A middleware that runs a guard for a router or for a group of routes, for programs that combine guards by hand. A ``GuardedRouter``
/// closes forgotten routes, and this middleware does not.
///
/// ```swift
/// let router = Router(context: BasicPrincipalRequestContext.self)
/// router.add(middleware: AuthenticationMiddleware(clerk))
/// router.group("invoices")
///     .add(middleware: RequirementMiddleware(.permission("org:invoices:read"), by: authorizer))
///     .get { _, context in "Hello, \(context.principal?.id ?? "")" }
/// ```
///
/// The principal of an accepted request becomes the principal of the context. A rejection is the answer, and no handler runs. The answer to
/// an `AccessError` or `AuthorizerError` of a handler is the answer of a guard. Guards in a row read the request once: the first guard gives
/// the request its id, and passes its findings and its decision to the next guard.
public struct GuardMiddleware<Context: PrincipalRequestContext, Guard: RequestGuard>: RouterMiddleware {
    private let requestGuard: Guard
    private let refusals: Refusals

    /// Makes a middleware from a guard, such as your own guard.
    ///
    /// - Parameters:
    ///   - requestGuard: The guard that decides.
    ///   - refusals: The form of the answers to errors of a handler.
    public init(_ requestGuard: Guard, refusals: Refusals = Refusals()) {
        self.requestGuard = requestGuard
        self.refusals = refusals
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
        do {
            return try await next(request, context)
        } catch {
            return try context.response(to: authorized, for: error, refusals)
        }
    }
}
#endif
