#if Server
import NIOCore
import NIOHTTPTypes

/// A handler that limits the time in which a client sends a request, and the length of the request's head.
///
/// The handler stands behind the decoder, and adds another handler before the decoder, since the decoder reports no head that is
/// incomplete.
final class SenderLimits: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let progress: SenderProgress

    init(_ progress: SenderProgress) {
        self.progress = progress
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // A connection that is already closing needs no limits.
        try? context.pipeline.syncOperations.addHandler(ByteLimits(progress), position: .first)
        progress.opened(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { progress.stop() }

    func channelInactive(context: ChannelHandlerContext) {
        progress.stop()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !progress.isRefused else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): guard progress.headEnded(head) else { return progress.refuse() }
        case .body(let part): progress.bodyCame(part.readableBytes)
        case .end: progress.requestEnded()
        }
        context.fireChannelRead(data)
    }
}

/// A handler that sees the bytes before the decoder.
private final class ByteLimits: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let progress: SenderProgress

    init(_ progress: SenderProgress) {
        self.progress = progress
    }

    func handlerAdded(context: ChannelHandlerContext) { progress.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { progress.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !progress.isRefused else { return }
        progress.readBegan(unwrapInboundIn(data).readableBytes, context)
        context.fireChannelRead(data)
        progress.readEnded()
    }
}
#endif
