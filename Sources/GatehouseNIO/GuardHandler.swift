#if NIO
public import GatehouseHTTP
public import Logging
public import NIOCore
public import NIOHTTP1

/// What happens to the next part.
///
/// The type stands outside the handler, since a type within a generic class is looked up at run time.
private enum GuardState {
    /// The next part is a head.
    case idle
    /// The guard decides about a head, and the handler holds the head.
    case deciding(Task<Void, Never>)
    /// The parts of an accepted request go on.
    case forwarding
    /// The parts of a refused request are dropped. The value is the number of dropped bytes of the body so far.
    case dropping(Int)
    /// Like `dropping`, for the last request of the connection, which ends behind the request.
    case finishing(Int)
    /// The connection speaks another protocol, and everything passes.
    case passing
    /// The connection has ended or is about to end, and nothing passes.
    case ended
}

/// A channel handler that decides about each request of an HTTP/1.1 connection before the handlers behind it see any part of the request.
///
/// ```swift
/// let routes = RouteGuard(rules, by: clerk, authorizer)
/// try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
///     .childChannelInitializer { channel in
///         channel.eventLoop.makeCompletedFuture {
///             try channel.pipeline.syncOperations.configureHTTPServerPipeline()
///             try channel.pipeline.syncOperations.addHandler(GuardHandler(routes))
///             try channel.pipeline.syncOperations.addHandler(MyHandler())
///         }
///     }
///     .bind(host: "127.0.0.1", port: 8080).get()
/// ```
///
/// The handler holds the head while the guard decides, and reads no more until then, so that the held parts are bounded. Before the head of
/// an accepted request, the handler sends a ``RequestAuthorized`` event. A refused request is answered, and its body is dropped. The next
/// request waits until the answer to the previous request has been written. If the connection ends while the guard decides, the decision is
/// cancelled.
///
/// Add the handler behind the handlers of `configureHTTPServerPipeline`. If requests may upgrade to another protocol, add the handler
/// before NIO's `HTTPServerUpgradeHandler`. The guard then decides about an upgrade as about any request, and passes everything on after
/// the answer 101. Behind `HTTPServerUpgradeHandler`, nobody would decide about upgrades: the guard closes the connection at once, with a
/// ``GuardHandlerError``.
public final class GuardHandler<Guard: RequestGuard>: ChannelDuplexHandler, RemovableChannelHandler {
    public typealias InboundIn = HTTPServerRequestPart
    public typealias InboundOut = HTTPServerRequestPart
    public typealias OutboundIn = HTTPServerResponsePart
    public typealias OutboundOut = HTTPServerResponsePart

    private let requestGuard: Guard
    private let limits: GuardLimits
    private let log: RequestLog
    private var state = GuardState.idle
    /// The parts that came during a decision or before the end of an answer. Each part is passed on unchanged.
    private var held = CircularBuffer<NIOAny>()
    /// True if a request was passed on, and its answer has not been written to the end.
    private var isAnswering = false
    /// True if NIO's handler before this handler holds the next request until the answer to the previous request has been written.
    private var isAssisted = false
    /// The head of an accepted request while the handlers behind learn about the request.
    private var announced: NIOAny?
    /// The end of the time in which the client may send the body of its last request, which was refused; `nil` until the refusal has been
    /// written.
    private var deadline: Scheduled<Void>?
    /// True if the client's end of its requests waits behind the held requests.
    private var isInputEndHeld = false
    /// True if the last accepted request may turn the connection over to another protocol, so that NIO's decoder reads no request after it.
    private var mayUpgrade = false
    /// True if the last accepted request asks for a tunnel (CONNECT).
    private var isTunnel = false
    /// True if the answer to the last accepted request may change the protocol of the connection.
    private var isWatched = false
    /// True while the handler takes parts. An answer that is written meanwhile takes no parts, so that the stack does not grow with the
    /// number of requests.
    private var isAdvancing = false
    /// True if the handlers behind have received parts, and do not know yet that no more follow for now.
    private var isCompletionDue = false
    /// True if another handler asked to read while this handler takes no parts.
    private var isReadAwaited = false

    /// Makes a handler for one connection.
    ///
    /// - Parameters:
    ///   - requestGuard: The guard that decides, such as a `RouteGuard`.
    ///   - limits: The limits of header fields and of dropped bodies, in bytes.
    ///   - logger: The logger of refused requests, at the level `info`.
    public init(
        _ requestGuard: Guard,
        limits: GuardLimits = GuardLimits(),
        logger: Logger = Logger(label: "gatehouse")
    ) {
        self.requestGuard = requestGuard
        self.limits = limits
        log = RequestLog(logger)
    }

    public func handlerAdded(context: ChannelHandlerContext) {
        guard context.isBehindUpgradeHandler else {
            isAssisted = context.isBehindPipelineHandler
            return
        }
        end()
        context.fireErrorCaught(GuardHandlerError(.behindUpgradeHandler))
        context.close(promise: nil)
    }

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .passing: context.fireChannelRead(data)
        case .ended: break
        case .forwarding where held.isEmpty && !isAdvancing: advance(context) { forward(data, context) }
        case .idle where held.isEmpty && !isAnswering && !isAdvancing:
            // Nearly each request comes like this, and its head need not be held.
            advance(context) { takeHead(data, context) }
        default:
            held.append(data)
            advance(context)
        }
    }

    public func read(context: ChannelHandlerContext) {
        if isWaiting { isReadAwaited = true } else { context.read() }
    }

    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard isAnswering else { return context.write(data, promise: promise) }
        if case .passing = state {
            context.write(data, promise: promise)
        } else {
            let part = unwrapOutboundIn(data)
            context.write(data, promise: promise)
            switch part {
            case .head(let head):
                if head.status == .switchingProtocols || (isTunnel && (200..<300).contains(head.status.code)) {
                    passEverything(context)
                }
            case .body: break
            case .end:
                isAnswering = false
                if case .idle = state, mayUpgrade { end() }
                advance(context)
            }
        }
    }

    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isHolding, let event = event as? ChannelEvent, event == .inputClosed {
            isInputEndHeld = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    public func channelInactive(context: ChannelHandlerContext) {
        end()
        (isInputEndHeld, isReadAwaited, isCompletionDue) = (false, false, false)
        context.fireChannelInactive()
    }

    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The decoder refused a request and answered it. A decision about the request must not be answered as well.
        if error is HTTPParserError { end() }
        context.fireErrorCaught(error)
    }

    /// Passes on the rest of an accepted request. Behind a request that is not decided or was refused, the connection is closed, since no
    /// other handler would drop its parts.
    public func handlerRemoved(context: ChannelHandlerContext) {
        let rest = removeAccepted()
        let isUnsafe = isHolding || isDropping
        let (isInputEndDue, isReadDue) = (isInputEndHeld, isReadAwaited)
        end()
        for part in rest { context.fireChannelRead(part) }
        guard !isUnsafe else { return context.close(promise: nil) }
        if isInputEndDue { context.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
        if isReadDue { context.read() }
    }

    /// True if the next part has to wait.
    private var isWaiting: Bool {
        switch state {
        case .deciding: true
        case .idle: isAnswering && !held.isEmpty
        default: false
        }
    }

    /// True if a part has not been taken, or its request is not decided.
    private var isHolding: Bool {
        if case .deciding = state { true } else { !held.isEmpty }
    }

    private var isDropping: Bool {
        switch state {
        case .dropping, .finishing: true
        default: false
        }
    }

    /// Takes the parts that need not wait.
    private func advance(_ context: ChannelHandlerContext) {
        guard !isAdvancing else { return }
        advance(context) {}
    }

    /// Takes a part, and then the parts that need not wait. Parts that come while a handler behind takes a part are held until the handler
    /// returns.
    private func advance(_ context: ChannelHandlerContext, _ taking: () -> Void) {
        isAdvancing = true
        taking()
        take(context)
        while isCompletionDue {
            isCompletionDue = false
            context.fireChannelReadComplete()
            take(context)
        }
        isAdvancing = false
        if isInputEndHeld, !isHolding {
            isInputEndHeld = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        if isReadAwaited, !isWaiting {
            isReadAwaited = false
            context.read()
        }
    }

    private func take(_ context: ChannelHandlerContext) {
        while let part = held.first {
            switch state {
            case .idle:
                guard !isAnswering else { return }
                held.removeFirst()
                isCompletionDue = true
                takeHead(part, context)
            case .forwarding:
                held.removeFirst()
                isCompletionDue = true
                forward(part, context)
            case .dropping(let count), .finishing(let count):
                held.removeFirst()
                drop(part, count, context)
            case .deciding, .passing, .ended: return
            }
        }
    }

    /// Removes the parts of the accepted request that the handlers behind have not received.
    private func removeAccepted() -> [NIOAny] {
        guard case .forwarding = state else { return [] }
        var parts = announced.map { [$0] } ?? []
        announced = nil
        while let part = held.popFirst() {
            parts.append(part)
            if isEnd(part) { break }
        }
        return parts
    }

    /// Only a head follows the end of a request: the decoder before this handler ensures that.
    private func takeHead(_ part: NIOAny, _ context: ChannelHandlerContext) {
        if case .head(let head) = unwrapInboundIn(part) { decide(head, part, context) }
    }

    private func forward(_ part: NIOAny, _ context: ChannelHandlerContext) {
        if case .end = unwrapInboundIn(part) {
            // After a request to upgrade that was not upgraded, the decoder reads no request: only bytes follow.
            state = mayUpgrade && !isAnswering ? .ended : .idle
        }
        context.fireChannelRead(part)
    }

    private func drop(_ part: NIOAny, _ count: Int, _ context: ChannelHandlerContext) {
        switch (unwrapInboundIn(part), state) {
        case (.body(let bytes), _):
            let (sum, isTooLarge) = count.addingReportingOverflow(bytes.readableBytes)
            if isTooLarge || sum > limits.droppedBodyBytes { return close(context) }
            if case .finishing = state { state = .finishing(sum) } else { state = .dropping(sum) }
        case (.end, .finishing):
            if deadline != nil { close(context) } else { state = .ended }
        case (.end, _): state = .idle
        case (.head, _): break
        }
    }

    private func close(_ context: ChannelHandlerContext) {
        end()
        context.close(promise: nil)
    }

    private func end() {
        if case .deciding(let task) = state { task.cancel() }
        state = .ended
        held.removeAll()
        deadline?.cancel()
    }

    /// Passes on all that follows unchanged, after the held bytes that came behind the upgraded request. If NIO's decoder went on to read
    /// requests, the held parts are requests and no bytes, and are dropped.
    private func passEverything(_ context: ChannelHandlerContext) {
        if case .ended = state { return }
        state = .passing
        let bytes = mayUpgrade ? held : []
        held.removeAll()
        for part in bytes { context.fireChannelRead(part) }
        if isReadAwaited { isReadAwaited = false; context.read() }
    }
}

extension GuardHandler {
    /// Asks the guard about a request. The parameter `part` holds the undecoded head.
    private func decide(_ head: HTTPRequestHead, _ part: NIOAny, _ context: ChannelHandlerContext) {
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

    private func proceed(_ request: consuming AuthorizationRequest, _ head: NIOAny, _ context: ChannelHandlerContext) {
        state = .forwarding
        isAnswering = !isAssisted || isWatched
        announced = head
        context.fireUserInboundEventTriggered(RequestAuthorized(request))
        // A handler behind may have closed the connection, or removed this handler.
        guard case .forwarding = state else { return announced = nil }
        announced = nil
        context.fireChannelRead(head)
    }

    private func answer(
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
    private func awaitBody(_ context: ChannelHandlerContext) {
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(5)) { [self] in close(context) }
        context.close(mode: .output, promise: nil)
    }

    private func isEnd(_ part: NIOAny) -> Bool {
        if case .end = unwrapInboundIn(part) { true } else { false }
    }
}

extension Task where Success == Void, Failure == Never {
    /// Starts a task on the calling thread where the system can, so that a decision without a look-up is complete at once.
    fileprivate static func onThisThread(_ operation: @escaping @Sendable () async -> Void) -> Self {
        if #available(macOS 26, *) { .immediate { await operation() } } else { Task { await operation() } }
    }
}
#endif
