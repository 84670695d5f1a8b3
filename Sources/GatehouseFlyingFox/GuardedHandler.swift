#if FlyingFox
public import FlyingFox
public import GatehouseHTTP
public import Logging

/// A handler that decides about each request of a FlyingFox server before the wrapped handler runs.
///
/// ```swift
/// var routes = RoutedHTTPHandler()
/// routes.appendRoute("GET /invoices") { _ in FlyingFox.HTTPResponse(statusCode: .ok) }
/// let guarded = GuardedHandler(routes, RouteGuard(rules, by: clerk, authorizer, host: .flyingFox))
/// try await HTTPServer(port: 8080, handler: guarded).run()
/// ```
///
/// Give the guard `HostReading.flyingFox`: FlyingFox's routes ignore case and a trailing slash. A handler finds the principal under
/// `AuthorizationRequest.current`, and can throw an `AccessError` to refuse the request as a guard does.
///
/// FlyingFox keeps only the last of several header fields with the same name. The guard cannot see that a request had two `Authorization`
/// fields, and judges the last field.
public struct GuardedHandler<Handler: HTTPHandler, Guard: RequestGuard>: HTTPHandler {
    private let handler: Handler
    private let requestGuard: Guard
    private let refusals: Refusals
    private let log: RequestLog

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - handler: The handler of accepted requests.
    ///   - requestGuard: The guard that decides, such as a `RouteGuard`.
    ///   - refusals: The form of the answers to errors of the handler.
    ///   - logger: The logger of refused requests, at the level `info`.
    public init(
        _ handler: Handler,
        _ requestGuard: Guard,
        refusals: Refusals = Refusals(),
        logger: Logger = Logger(label: "gatehouse")
    ) {
        self.handler = handler
        self.requestGuard = requestGuard
        self.refusals = refusals
        log = RequestLog(logger)
    }

    public nonisolated(nonsending) func handleRequest(
        _ request: FlyingFox.HTTPRequest
    ) async throws -> FlyingFox.HTTPResponse {
        let asked = AuthorizationRequest(request)
        guard request.isAsItWasSent else {
            let error = AccessError(.forbidden, "the request's path is not that of its target")
            return answer(asked, refusals.rejection(of: asked, for: error))
        }
        if let known = requestGuard.authorizedAtHand(asked) { return try await serve(request, known) }
        switch await requestGuard.authorize(asked.read) {
        case .proceed(let authorized): return try await serve(request, authorized)
        case .reject(let rejection): return answer(asked, rejection)
        }
    }

    /// Runs the handler. Errors of the handler are answered in the guard's form.
    private nonisolated(nonsending) func serve(
        _ request: FlyingFox.HTTPRequest,
        _ authorized: AuthorizationRequest
    ) async throws -> FlyingFox.HTTPResponse {
        do {
            return try await AuthorizationRequest.$current.withValue(authorized) {
                try await handler.handleRequest(request)
            }
        } catch let error as AccessError {
            return answer(authorized, refusals.rejection(of: authorized, for: error))
        } catch let error as AuthorizerError {
            return answer(authorized, refusals.rejection(of: authorized, for: AccessError(error)))
        }
    }

    /// Returns the answer for a rejection, and logs the reason.
    private nonisolated func answer(_ request: AuthorizationRequest, _ rejection: Rejection) -> FlyingFox.HTTPResponse {
        log.rejected(request, rejection)
        return FlyingFox.HTTPResponse(rejection)
    }
}

extension HostReading {
    /// The way in which FlyingFox's routes read paths.
    public static var flyingFox: Self { [.ignoresCase, .ignoresTrailingSlash] }
}

extension FlyingFox.HTTPRequest {
    /// True if the path, by which routes match, is the path of the target, which the guard judges. FlyingFox reads no path from a target
    /// that is not a valid address, and another handler may have changed the path.
    fileprivate var isAsItWasSent: Bool {
        let sent = target.path()
        if sent.utf8.elementsEqual(path.utf8) { return true }
        if let read = try? RequestPath(sent) { return read.isRead(as: path) }
        // No route rule accepts such a path. If the guard has no route rules, FlyingFox's own reading of the path counts.
        let read = Self(method: method, version: version, target: target, headers: [:], body: HTTPBodySequence())
        return read.path.utf8.elementsEqual(path.utf8)
    }
}
#endif
