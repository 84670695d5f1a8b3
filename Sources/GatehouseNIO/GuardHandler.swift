#if NIO
public import GatehouseHTTP
public import NIOCore
public import NIOHTTP1

/// Decides for each request of an HTTP/1.1 connection before the handlers behind it see any of it.
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
/// It holds the head while the guard decides, and reads nothing more meanwhile, so that what it keeps is bounded. A request that goes on is
/// announced by a ``RequestAuthorized`` event before its head. A refused request is answered, and its body is dropped. The next request
/// waits until the answer to the one before has been written. A connection that ends while a guard decides ends the decision.
///
/// Add it behind the handlers of `configureHTTPServerPipeline` and, where requests upgrade to another protocol, before NIO's upgrade
/// handler: an upgrade is then decided like any request, and once 101 is written the handler lets everything pass.
public final class GuardHandler<Guard: RequestGuard>: ChannelDuplexHandler, RemovableChannelHandler {
    public typealias InboundIn = HTTPServerRequestPart
    public typealias InboundOut = HTTPServerRequestPart
    public typealias OutboundIn = HTTPServerResponsePart
    public typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// The next part is a head.
        case idle
        /// The guard decides about a head, which is held.
        case deciding(Task<Void, Never>)
        /// The parts of a request go on.
        case forwarding
        /// The parts of a refused request are dropped; so many bytes of its body so far.
        case dropping(Int)
        /// The connection speaks another protocol, or has ended.
        case over
    }

    private let requestGuard: Guard
    private let limits: GuardLimits
    private var state = State.idle
    /// The parts that came while a decision, or the answer before, was awaited.
    private var held = CircularBuffer<HTTPServerRequestPart>()
    /// True if a request went on whose answer has not been written to its end.
    private var isAnswering = false
    /// True if somebody asked to read while nothing more is taken.
    private var isReadAwaited = false

    /// Makes a handler, for one connection.
    ///
    /// - Parameters:
    ///   - requestGuard: What decides, such as a `RouteGuard`.
    ///   - limits: The limits of header fields and of dropped bodies, in bytes.
    public init(_ requestGuard: Guard, limits: GuardLimits = GuardLimits()) {
        self.requestGuard = requestGuard
        self.limits = limits
    }

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .over = state { return context.fireChannelRead(data) }
        held.append(unwrapInboundIn(data))
        advance(context)
    }

    public func read(context: ChannelHandlerContext) {
        if isWaiting { isReadAwaited = true } else { context.read() }
    }

    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .over = state else {
            let part = unwrapOutboundIn(data)
            context.write(wrapOutboundOut(part), promise: promise)
            switch part {
            case .head(let head) where head.status == .switchingProtocols: passEverything(context)
            case .end:
                isAnswering = false
                advance(context)
            default: break
            }
            return
        }
        context.write(data, promise: promise)
    }

    public func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
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
        while !held.isEmpty {
            switch state {
            case .idle:
                guard !isAnswering else { return }
                // No part but a head follows the end of a request: the decoder before this handler sees to that.
                guard case .head(let head) = held.removeFirst() else { continue }
                decide(head, context)
            case .deciding: return
            case .forwarding:
                let part = held.removeFirst()
                if case .end = part { state = .idle }
                context.fireChannelRead(wrapInboundOut(part))
            case .dropping(let count):
                switch held.removeFirst() {
                case .body(let bytes): drop(count + bytes.readableBytes, context)
                case .end: state = .idle
                case .head: break
                }
            case .over: return
            }
        }
        if isReadAwaited, !isWaiting {
            isReadAwaited = false
            context.read()
        }
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
        state = .over
        held.removeAll()
    }

    /// Lets what is held, and all that follows, go through as it is.
    private func passEverything(_ context: ChannelHandlerContext) {
        state = .over
        while let part = held.popFirst() { context.fireChannelRead(wrapInboundOut(part)) }
        if isReadAwaited { context.read() }
    }
}

extension GuardHandler {
    /// Asks the guard about a request.
    private func decide(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard head.headers.byteCount <= limits.headerFieldBytes else {
            return answer(head, .headerFieldsTooLarge, isLast: true, context)
        }
        let request = AuthorizationRequest(head)
        let promise = context.eventLoop.makePromise(of: AuthorizationResult.self)
        let requestGuard = requestGuard
        state = .deciding(Task.onThisThread { promise.succeed(await requestGuard.authorize(request)) })
        promise.futureResult.assumeIsolated().whenSuccess { [self] result in
            guard case .deciding = state else { return }
            apply(result, to: head, context)
            advance(context)
            context.fireChannelReadComplete()
        }
    }

    private func apply(_ result: AuthorizationResult, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        switch result {
        case .proceed(let request):
            state = .forwarding
            isAnswering = true
            context.fireUserInboundEventTriggered(RequestAuthorized(request))
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .reject(let rejection):
            // A client that waits for 100 sends a body or does not: nobody knows where its next request starts.
            let isLast = !head.isKeepAlive || head.headers.contains(name: "expect")
            answer(head, rejection, isLast: isLast, context)
        }
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
    /// Starts a task on the thread that asks, where the system can: a decision that needs no look-up is then there at once.
    fileprivate static func onThisThread(_ operation: @escaping @Sendable () async -> Void) -> Self {
        if #available(macOS 26, *) { .immediate { await operation() } } else { Task { await operation() } }
    }
}
#endif
