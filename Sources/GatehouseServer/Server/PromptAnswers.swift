#if Server
import GatehouseBase
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// A handler that answers a request on its connection's event loop, if the request came as a whole and its answer needs no suspension. Other
/// requests go on to Hummingbird, whose tasks cost more than such an answer.
///
/// A connection's requests are answered in their order: while Hummingbird has a request to answer, so it has the following requests.
final class PromptAnswers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The largest number of bytes of a body that is read on the event loop.
    private static let maximumBodyByteCount = 16 << 10

    private let responder: SidecarResponder
    private let progress: SenderProgress
    /// The address of the peer, which is read with the first request.
    private var peer: IPAddress??
    /// The request that is held until its end comes.
    private var held: (head: HTTPRequest, endpoint: Endpoint, body: ByteBuffer?)?
    private var hasUnflushedAnswer = false
    /// True if a client waits for permission to send a body.
    private var isAwaited = false
    private var date: (second: UInt64, text: String)?

    init(_ responder: SidecarResponder, _ progress: SenderProgress) {
        (self.responder, self.progress) = (responder, progress)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            if progress.pending == 0, context.channel.isWritable, let endpoint = responder.promptEndpoint(of: head) {
                held = (head, endpoint, nil)
                return
            }
            progress.requestPassedOn()
            isAwaited = progress.pending == 1 && responder.wantsBody(of: head)
        case .body(let part):
            isAwaited = false
            if hold(part) { return }
            passOn(context)
        case .end(let trailers):
            isAwaited = false
            if trailers == nil, answer(context) { return }
            passOn(context)
            // A request may be answered before its end.
            if progress.pending == 0 { progress.promptlyAnswered() }
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        passOn(context)
        if isAwaited {
            (isAwaited, hasUnflushedAnswer) = (false, true)
            context.write(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        if hasUnflushedAnswer {
            hasUnflushedAnswer = false
            context.flush()
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        context.write(data, promise: promise)
        if case .end = unwrapOutboundIn(data) { progress.requestAnswered(context) }
    }

    /// Keeps a part of the body of the request that is held. Returns false, and keeps nothing, if no request is held or its body is too long.
    private func hold(_ part: ByteBuffer) -> Bool {
        guard let held else { return false }
        var body = held.body ?? ByteBuffer()
        guard body.readableBytes + part.readableBytes <= Self.maximumBodyByteCount else { return false }
        if body.readableBytes == 0 { body = part } else { body.writeImmutableBuffer(part) }
        self.held?.body = body
        return true
    }

    /// Passes the request that is held on to Hummingbird.
    private func passOn(_ context: ChannelHandlerContext) {
        guard let (head, _, body) = held else { return }
        held = nil
        progress.requestPassedOn()
        context.fireChannelRead(wrapInboundOut(.head(head)))
        if let body { context.fireChannelRead(wrapInboundOut(.body(body))) }
    }

    /// Answers the request that is held. Returns false if the answer is not known at once.
    private func answer(_ context: ChannelHandlerContext) -> Bool {
        guard let (head, endpoint, body) = held else { return false }
        let peer = self.peer ?? IPAddress(of: context.remoteAddress)
        self.peer = .some(peer)
        guard let (answer, id) = responder.answerAtHand(endpoint, head, body, from: peer) else { return false }
        held = nil
        context.write(wrapOutboundOut(.head(answer.head(requestID: id, date: dateText()))), promise: nil)
        if !answer.body.isEmpty {
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: answer.body))), promise: nil)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        hasUnflushedAnswer = true
        progress.promptlyAnswered()
        return true
    }

    /// Returns the time of the answer as a field's value (RFC 9110 section 5.6.7), which is made once a second.
    private func dateText() -> String {
        let second = progress.readTime.uptimeNanoseconds / 1_000_000_000
        if let date, date.second == second { return date.text }
        let text = FieldDate.now.description
        date = (second, text)
        return text
    }
}
#endif
