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
    /// True if the connection ends once a refusal has been written.
    private var isClosing = false
    /// True if the last accepted request may turn the connection over to another protocol, so that NIO's decoder reads no request after it.
    private var mayUpgrade = false
    /// True if the last accepted request asks for a tunnel (CONNECT).
    private var isTunnel = false
    /// True if the answer to the last accepted request may change the protocol of the connection.
    private var isWatched = false
    /// True while the handler takes parts. An answer that is written meanwhile takes no parts, so that the stack does not grow with the
    /// number of requests.
    private var isAdvancing = false
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
        case .forwarding where held.isEmpty: forward(data, context)
        case .idle where held.isEmpty && !isAnswering && !isAdvancing:
            // Nearly each request comes like this, and its head need not be held.
            isAdvancing = true
            takeHead(data, context)
            finishAdvancing(context)
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

    public func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The decoder refused a request and answered it. A decision about the request must not be answered as well.
        if error is HTTPParserError { end() }
        context.fireErrorCaught(error)
    }

    public func handlerRemoved(context: ChannelHandlerContext) { end() }

    /// True if the next part has to wait.
    private var isWaiting: Bool {
        switch state {
        case .deciding: true
        case .idle: isAnswering && !held.isEmpty
        default: false
        }
    }

    /// Takes the parts that need not wait.
    private func advance(_ context: ChannelHandlerContext) {
        guard !isAdvancing else { return }
        isAdvancing = true
        finishAdvancing(context)
    }

    private func finishAdvancing(_ context: ChannelHandlerContext) {
        take(context)
        isAdvancing = false
        if isReadAwaited, !isWaiting {
            isReadAwaited = false
            context.read()
        }
    }

    private func take(_ context: ChannelHandlerContext) {
        while !held.isEmpty {
            switch state {
            case .idle:
                guard !isAnswering else { return }
                takeHead(held.removeFirst(), context)
            case .deciding: return
            case .forwarding: forward(held.removeFirst(), context)
            case .dropping(let count):
                switch unwrapInboundIn(held.removeFirst()) {
                case .body(let bytes): drop(count + bytes.readableBytes, context)
                case .end: state = isClosing ? .ended : .idle
                case .head: break
                }
            case .passing, .ended: return
            }
        }
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

    private func drop(_ count: Int, _ context: ChannelHandlerContext) {
        state = .dropping(count)
        if count > limits.droppedBodyBytes { close(context) }
    }

    private func close(_ context: ChannelHandlerContext) {
        end()
        context.close(promise: nil)
    }

    private func end() {
        if case .deciding(let task) = state { task.cancel() }
        state = .ended
        held.removeAll()
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
            switch result {
            case .proceed(let request): proceed(request, part, context)
            case .reject(let rejection):
                log.rejected(request, rejection)
                answer(head, rejection, isLast: !head.isKeepAlive || head.hasUncertainEnd, context)
            }
            advance(context)
            context.fireChannelReadComplete()
        }
    }

    private func proceed(_ request: consuming AuthorizationRequest, _ head: NIOAny, _ context: ChannelHandlerContext) {
        state = .forwarding
        isAnswering = !isAssisted || isWatched
        context.fireUserInboundEventTriggered(RequestAuthorized(request))
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
        state = .dropping(0)
        isClosing = isLast
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !rejection.body.isEmpty {
            let body = context.channel.allocator.buffer(bytes: rejection.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        guard isLast else { return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in close(context) }
    }
}

extension Task where Success == Void, Failure == Never {
    /// Starts a task on the calling thread where the system can, so that a decision without a look-up is complete at once.
    fileprivate static func onThisThread(_ operation: @escaping @Sendable () async -> Void) -> Self {
        if #available(macOS 26, *) { .immediate { await operation() } } else { Task { await operation() } }
    }
}
#endif
