#if Vapor
public import GatehouseHTTP
import NIOHTTP1
public import Vapor

/// A middleware that decides about each request of a Vapor application before its route runs.
///
/// ```swift
/// let app = try await Application.make()
/// app.middleware.use(GuardMiddleware(RouteGuard(rules, by: clerk, authorizer, host: .vapor)), at: .beginning)
/// app.get("invoices") { request in "Hello, \(request.principal?.id ?? "")" }
/// ```
///
/// Every route is behind the application's middleware, in whatever order they were registered. Give the guard `HostReading.vapor`: Vapor's
/// router ignores a trailing slash. Add `HostReading.ignoresCase` if the router was told to ignore case. A handler finds the principal in
/// `request.principal`, and can throw an `AccessError` to refuse the request as a guard does.
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
        case .reject(let rejection): return answer(request, asked, rejection)
        }
    }

    /// Runs the rest of the chain. Errors of the chain are answered in the guard's form.
    private func serve(
        _ request: Request,
        _ authorized: AuthorizationRequest,
        _ next: any AsyncResponder
    ) async throws -> Response {
        request.storage[AuthorizedRequestKey.self] = authorized
        do {
            return try await next.respond(to: request)
        } catch let error as AccessError {
            return answer(request, authorized, refusals.rejection(of: authorized, for: error))
        } catch let error as AuthorizerError {
            return answer(request, authorized, refusals.rejection(of: authorized, for: AccessError(error)))
        }
    }

    /// Returns the answer for a rejection, and logs the reason with the request's own logger.
    private func answer(_ request: Request, _ judged: AuthorizationRequest, _ rejection: Rejection) -> Response {
        RequestLog(request.logger).rejected(judged, rejection)
        return Response(rejection)
    }
}

private enum AuthorizedRequestKey: StorageKey {
    typealias Value = AuthorizationRequest
}

extension Request {
    /// The request as the guard accepted it; `nil` if no guard stands before the handler.
    public var authorized: AuthorizationRequest? { storage[AuthorizedRequestKey.self] }

    /// The principal that sent the request; `nil` if no principal is known.
    public var principal: Principal? { authorized?.principal }

    /// Returns the principal that sent the request.
    ///
    /// - Throws: `AccessError` if no principal is known: the answer is 401.
    public func requirePrincipal() throws(AccessError) -> Principal {
        guard let principal else { throw .unauthenticated }
        return principal
    }
}

extension HostReading {
    /// The way in which Vapor's router reads paths, unless the router was told to ignore case as well.
    public static var vapor: Self { .ignoresTrailingSlash }
}

extension AuthorizationRequest {
    /// Makes a request with the target as it was sent.
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
    /// Makes the response for a rejection.
    fileprivate convenience init(_ rejection: Rejection) {
        self.init(
            status: HTTPResponseStatus(statusCode: rejection.response.status.code),
            headers: HTTPHeaders(rejection.response.headerFields.map { ($0.name.canonicalName, $0.value) }),
            body: Body(data: Data(rejection.body))
        )
    }
}
#endif
