#if NIO
import GatehouseHTTP
import NIOCore
import NIOHTTP1

extension GuardHandler {
    /// Asks the guard about a request. The parameter `part` holds the undecoded head.
    func decide(_ head: HTTPRequestHead, _ part: NIOAny, _ context: ChannelHandlerContext) {
        guard head.headers.byteCount <= limits.headerFieldBytes else {
            log.rejected(AuthorizationRequest(head), .headerFieldsTooLarge)
            return answer(head, .headerFieldsTooLarge, isLast: true, context)
        }
        let request = AuthorizationRequest(head)
        isTunnel = head.method == .CONNECT
        isWatched = isTunnel || head.headers.contains(name: "upgrade")
        mayUpgrade = isTunnel || (isWatched && head.asksToUpgrade)
        if let known = requestGuard.authorizedAtHand(request) { return proceed(known, part, context) }
        let promise = context.eventLoop.makePromise(of: AuthorizationResult.self)
        let requestGuard = requestGuard
        state = .deciding(Task.onThisThread { promise.succeed(await requestGuard.authorize(request.read)) })
        promise.futureResult.assumeIsolated().whenSuccess { [self] result in
            guard case .deciding = state else { return }
            advance(context) {
                isCompletionDue = true
                switch result {
                case .proceed(let request): proceed(request, part, context)
                case .reject(let rejection):
                    log.rejected(request, rejection)
                    answer(head, rejection, isLast: !head.isKeepAlive || head.hasUncertainEnd, context)
                }
            }
        }
    }

    func proceed(_ request: consuming AuthorizationRequest, _ head: NIOAny, _ context: ChannelHandlerContext) {
        state = .forwarding
        isAnswering = !isAssisted || isWatched
        announced = head
        context.fireUserInboundEventTriggered(RequestAuthorized(request))
        // A handler behind may have closed the connection, or removed this handler.
        guard case .forwarding = state else { return announced = nil }
        announced = nil
        context.fireChannelRead(head)
    }

    func answer(
        _ request: HTTPRequestHead,
        _ rejection: Rejection,
        isLast: Bool,
        _ context: ChannelHandlerContext
    ) {
        var head = HTTPResponseHead(
            version: request.version.major == 1 ? request.version : .http1_1,
            status: HTTPResponseStatus(statusCode: rejection.response.status.code),
            headers: HTTPHeaders(rejection.response.headerFields)
        )
        if isLast {
            head.headers.replaceOrAdd(name: "connection", value: "close")
        } else if request.version == .http1_0 {
            head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
        }
        state = isLast ? .finishing(0) : .dropping(0)
        // Nothing behind the last request matters.
        if isLast, held.contains(where: isEnd) { end() }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !rejection.body.isEmpty {
            let body = context.channel.allocator.buffer(bytes: rejection.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        guard isLast else { return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            if case .finishing = state { awaitBody(context) } else { close(context) }
        }
    }

    /// Lets the client send the rest of a refused body, for a while. Bytes that nobody reads would reset the connection, and a client that
    /// still sends would lose the answer.
    func awaitBody(_ context: ChannelHandlerContext) {
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(5)) { [self] in close(context) }
        context.close(mode: .output, promise: nil)
    }
}

extension Task where Success == Void, Failure == Never {
    /// Starts a task on the calling thread where the system can, so that a decision without a look-up is complete at once.
    fileprivate static func onThisThread(_ operation: @escaping @Sendable () async -> Void) -> Self {
        if #available(macOS 26, *) { .immediate { await operation() } } else { Task { await operation() } }
    }
}
#endif
