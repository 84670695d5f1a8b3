#if Vapor
public import GatehouseHTTP
import NIOHTTP1
public import Vapor

/// Decides for each request of a Vapor application before its route runs.
///
/// ```swift
/// let app = try await Application.make()
/// app.middleware.use(GuardMiddleware(RouteGuard(rules, by: clerk, authorizer, host: .vapor)), at: .beginning)
/// app.get("invoices") { request in "Hello, \(request.principal?.id ?? "")" }
/// ```
///
/// Every route is behind the application's middleware, whichever was registered first. Give the guard `HostReading.vapor`: Vapor's router
/// ignores a trailing slash, and case where it was told to, in which case add `HostReading.ignoresCase`. A handler finds the principal
/// in `request.principal`, and answers as a guard would by throwing an `AccessError`.
public struct GuardMiddleware<Guard: RequestGuard>: AsyncMiddleware {
    private let requestGuard: Guard
    private let refusals: Refusals

    /// Makes a middleware.
    ///
    /// - Parameters:
    ///   - requestGuard: The guard that decides, such as a `RouteGuard`.
    ///   - refusals: The form of the answers to errors of a handler.
    public init(_ requestGuard: Guard, refusals: Refusals = Refusals()) {
        self.requestGuard = requestGuard
        self.refusals = refusals
    }

    public func respond(to request: Request, chainingTo next: any AsyncResponder) async throws -> Response {
        let asked = AuthorizationRequest(request)
        if let known = requestGuard.authorizedAtHand(asked) { return try await serve(request, known, next) }
        switch await requestGuard.authorize(asked.read) {
        case .proceed(let authorized): return try await serve(request, authorized, next)
        case .reject(let rejection): return Response(rejection)
        }
    }

    /// Runs the rest of the chain. The guard's form of answer serves for errors of the chain as well.
    private func serve(
        _ request: Request,
        _ authorized: AuthorizationRequest,
        _ next: any AsyncResponder
    ) async throws -> Response {
        request.storage[AuthorizedRequestKey.self] = authorized
        do {
            return try await next.respond(to: request)
        } catch let error as AccessError {
            return Response(refusals.rejection(of: authorized, for: error))
        } catch let error as AuthorizerError where error.code != .noStore {
            return Response(refusals.rejection(of: authorized, for: AccessError(error)))
        }
    }
}

private enum AuthorizedRequestKey: StorageKey {
    typealias Value = AuthorizationRequest
}

extension Request {
    /// The request as its guard let it go on; `nil` if no guard stands before the handler.
    public var authorized: AuthorizationRequest? { storage[AuthorizedRequestKey.self] }

    /// The principal that asks; `nil` if no principal is known.
    public var principal: Principal? { authorized?.principal }

    /// The principal that asks.
    ///
    /// - Throws: `AccessError` if nobody is known: the answer is 401.
    public func requirePrincipal() throws(AccessError) -> Principal {
        guard let principal else { throw .unauthenticated }
        return principal
    }
}

extension HostReading {
    /// The way in which Vapor's router reads paths, unless it was told to ignore case as well.
    public static var vapor: Self { .ignoresTrailingSlash }
}

extension AuthorizationRequest {
    /// A request as a guard sees it, with the target as it was sent.
    fileprivate init(_ request: Request) {
        self.init(
            method: HTTPTypes.HTTPRequest.Method(rawValue: request.method.rawValue) ?? .connect,
            path: request.url.string,
            fields: SentHeaders(headers: request.headers),
            requestID: request.id
        )
    }
}

private struct SentHeaders: UnreadFields {
    let headers: HTTPHeaders

    func forEach(_ body: (String, String) -> Void) {
        for (name, value) in headers { body(name, value) }
    }
}

extension Response {
    /// The response for a rejection.
    fileprivate convenience init(_ rejection: Rejection) {
        self.init(
            status: HTTPResponseStatus(statusCode: rejection.response.status.code),
            headers: HTTPHeaders(rejection.response.headerFields.map { ($0.name.canonicalName, $0.value) }),
            body: Body(data: Data(rejection.body))
        )
    }
}
#endif
