#if GRPC
public import GRPCCore
public import GatehouseHTTP
public import Logging

/// An interceptor that decides about each call of a gRPC server before its handler runs.
///
/// ```swift
/// let rules = RouteRules(
///     try RouteRule("/grpc.health.v1.Health/Check", requires: .public),
///     try RouteRule("/billing.Invoices/*", requires: .permission("org:invoices:read"))
/// )
/// let server = GRPCServer(
///     transport: transport,
///     services: [invoices],
///     interceptors: [GuardInterceptor(RouteGuard(rules, by: clerk, authorizer))]
/// )
/// ```
///
/// A call is a request with the method POST and the path `/service/method`. The request's fields are the metadata, without the
/// pseudo-header fields of HTTP/2. The credential is the metadata's `authorization`. A refused call ends with `unauthenticated`,
/// `permissionDenied` or `unavailable`. A handler finds the principal under `AuthorizationRequest.current`, and can throw an `AccessError`
/// to refuse the call as a guard does.
///
/// A method that the server does not have runs no interceptor: every caller learns that the method does not exist.
public struct GuardInterceptor<Guard: RequestGuard>: ServerInterceptor {
    private let requestGuard: Guard
    private let refusals: Refusals
    private let log: RequestLog

    /// Makes an interceptor.
    ///
    /// - Parameters:
    ///   - requestGuard: The guard that decides, such as a `RouteGuard`.
    ///   - refusals: The form of the answers to errors of a handler.
    ///   - logger: The logger of refused calls, at the level `info`.
    public init(
        _ requestGuard: Guard,
        refusals: Refusals = Refusals(),
        logger: Logger = Logger(label: "gatehouse")
    ) {
        self.requestGuard = requestGuard
        self.refusals = refusals
        log = RequestLog(logger)
    }

    public func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>,
        context: ServerContext,
        next:
            @Sendable (
                _ request: StreamingServerRequest<Input>,
                _ context: ServerContext
            ) async throws -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        let asked = AuthorizationRequest(request.metadata, of: context.descriptor)
        if let known = requestGuard.authorizedAtHand(asked) { return try await serve(request, context, known, next) }
        switch await authorize(asked) {
        case .proceed(let authorized): return try await serve(request, context, authorized, next)
        case .reject(let rejection): throw refusal(of: asked, rejection)
        }
    }

    /// Asks the guard. The question ends with the call: gRPC tells of a call that was cancelled, or whose time is over, and cancels no task.
    private func authorize(_ asked: AuthorizationRequest) async -> AuthorizationResult {
        let question = Task { await requestGuard.authorize(asked.read) }
        return await withTaskCancellationHandler {
            await withRPCCancellationHandler {
                await question.value
            } onCancelRPC: {
                question.cancel()
            }
        } onCancel: {
            question.cancel()
        }
    }

    private func serve<Input: Sendable, Output: Sendable>(
        _ request: StreamingServerRequest<Input>,
        _ context: ServerContext,
        _ authorized: AuthorizationRequest,
        _ next:
            @Sendable (
                _ request: StreamingServerRequest<Input>,
                _ context: ServerContext
            ) async throws -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        try await serving(authorized) {
            var response = try await next(request, context)
            if case .success(var contents) = response.accepted {
                // The messages of the answer are made later, outside this task-local scope.
                let producer = contents.producer
                contents.producer = { [self] writer in
                    try await serving(authorized) { try await producer(writer) }
                }
                response.accepted = .success(contents)
            }
            return response
        }
    }

    /// Runs a part of a handler with the request as the current request. Errors of the handler are answered in the guard's form.
    private func serving<Result>(
        _ request: AuthorizationRequest,
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await AuthorizationRequest.$current.withValue(request, operation: body)
        } catch let error as AccessError {
            throw refusal(of: request, refusals.rejection(of: request, for: error))
        } catch let error as AuthorizerError {
            throw refusal(of: request, refusals.rejection(of: request, for: AccessError(error)))
        }
    }

    /// Returns the error for a rejection, and logs the reason.
    private func refusal(of request: AuthorizationRequest, _ rejection: Rejection) -> RPCError {
        log.rejected(request, rejection)
        return RPCError(rejection)
    }
}
#endif
