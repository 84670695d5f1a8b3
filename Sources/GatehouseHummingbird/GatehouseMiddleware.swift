#if Hummingbird
public import GatehouseHTTP
public import Hummingbird
import Logging

/// Runs an authorization middleware for a router or for a group of routes.
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
        for name in context.repeatedPlaceholders { asked.addParameter(name, "") }
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

extension RequestContext {
    /// The placeholders that the route's path has more than once. Hummingbird keeps the last value of such a placeholder alone.
    fileprivate var repeatedPlaceholders: [String] {
        var seen: Set<String> = []
        // Hummingbird describes every placeholder as `{name}`, at most one in a segment.
        return (endpointPath ?? "").split(separator: "/").compactMap { segment in
            guard let start = segment.firstIndex(of: "{"), let end = segment.lastIndex(of: "}"), start < end else {
                return nil
            }
            let name = String(segment[segment.index(after: start)..<end])
            return seen.insert(name).inserted ? nil : name
        }
    }

    /// The request's id, where the logger carries it. `id` itself traps under a log handler that keeps no metadata.
    var knownID: String? { logger[metadataKey: "hb.request.id"].map { "\($0)" } }

    /// The answer that a rejection is. Why is for the log.
    func response(to request: AuthorizationRequest, rejectedBy rejection: Rejection) -> Response {
        logger.debug(
            "Request rejected",
            metadata: [
                "gatehouse.request.id": "\(request.requestID)",
                "gatehouse.status": "\(rejection.response.status.code)",
                "gatehouse.reason.code": "\(rejection.reason.code)",
                "gatehouse.reason.message": "\(rejection.reason.message)",
            ]
        )
        return Response(
            status: rejection.response.status,
            headers: rejection.response.headerFields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: rejection.body))
        )
    }
}
#else
/// Runs an authorization middleware for a router of Hummingbird or for a group of its routes.
@available(*, unavailable, message: "enable the trait Hummingbird of the package gatehouse")
public struct GatehouseMiddleware {}
#endif
