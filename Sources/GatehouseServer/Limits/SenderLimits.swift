#if Server
import NIOCore
import NIOHTTPTypes
import HTTPTypes

/// A handler that limits the time in which a client sends a request, and the length of the request's head.
///
/// The handler stands behind the decoder, and adds another handler before the decoder, since the decoder reports no head that is
/// incomplete.
final class SenderLimits: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private let headByteCount: Int
    private let progress: SenderProgress
    private var isRefused = false

    init(headByteCount: Int, _ progress: SenderProgress) {
        (self.headByteCount, self.progress) = (headByteCount, progress)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let bytes = ByteLimits(progress, headByteCount: headByteCount)
        // A connection that is already closing needs no limits.
        try? context.pipeline.syncOperations.addHandler(bytes, position: .first)
        progress.opened(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { progress.stop() }

    func channelInactive(context: ChannelHandlerContext) {
        progress.stop()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard progress.headBound <= headByteCount || head.byteCount <= headByteCount else {
                isRefused = true
                return refuse(context, .requestHeaderFieldsTooLarge)
            }
            progress.headEnded(context)
        case .body: break
        case .end: progress.requestEnded()
        }
        context.fireChannelRead(data)
    }

    private func refuse(_ context: ChannelHandlerContext, _ status: HTTPResponse.Status) {
        let head = HTTPResponse(status: status, headerFields: [.connection: "close", .contentLength: "0"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        progress.linger(context)
    }
}

/// A handler that sees the bytes before the decoder.
private final class ByteLimits: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let progress: SenderProgress
    private let headByteCount: Int

    init(_ progress: SenderProgress, headByteCount: Int) {
        (self.progress, self.headByteCount) = (progress, headByteCount)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !progress.isLingering else { return }
        progress.bytesCame(unwrapInboundIn(data).readableBytes, context)
        context.fireChannelRead(data)
        if progress.headBytes > headByteCount, !progress.isLingering {
            let answer =
                "HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
            progress.linger(context)
        }
    }
}

extension HTTPRequest {
    /// The approximate number of bytes of the head as it was sent: the bytes of its texts.
    fileprivate var byteCount: Int {
        headerFields.reduce(method.rawValue.utf8.count + (path?.utf8.count ?? 0) + (authority?.utf8.count ?? 0)) {
            $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4
        }
    }
}
#endif
