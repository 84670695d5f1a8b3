#if NIO
public import GatehouseHTTP
public import Logging
public import NIOCore
public import NIOHTTP1

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

    let requestGuard: Guard
    let limits: GuardLimits
    let log: RequestLog
    var state = GuardState.idle
    /// The parts that came during a decision or before the end of an answer. Each part is passed on unchanged.
    var held = CircularBuffer<NIOAny>()
    /// True if a request was passed on, and its answer has not been written to the end.
    var isAnswering = false
    /// True if NIO's handler before this handler holds the next request until the answer to the previous request has been written.
    var isAssisted = false
    /// The head of an accepted request while the handlers behind learn about the request.
    var announced: NIOAny?
    /// The end of the time in which the client may send the body of its last request, which was refused; `nil` until the refusal has been
    /// written.
    var deadline: Scheduled<Void>?
    /// True if the client's end of its requests waits behind the held requests.
    var isInputEndHeld = false
    /// True if the last accepted request may turn the connection over to another protocol, so that NIO's decoder reads no request after it.
    var mayUpgrade = false
    /// True if the last accepted request asks for a tunnel (CONNECT).
    var isTunnel = false
    /// True if the answer to the last accepted request may change the protocol of the connection.
    var isWatched = false
    /// True while the handler takes parts. An answer that is written meanwhile takes no parts, so that the stack does not grow with the
    /// number of requests.
    var isAdvancing = false
    /// True if the handlers behind have received parts, and do not know yet that no more follow for now.
    var isCompletionDue = false
    /// True if another handler asked to read while this handler takes no parts.
    var isReadAwaited = false

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
        if !rest.isEmpty { context.fireChannelReadComplete() }
        guard !isUnsafe else { return context.close(promise: nil) }
        if isInputEndDue { context.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
        if isReadDue { context.read() }
    }
}
#endif
