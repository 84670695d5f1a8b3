#if NIO
import GatehouseHTTP
import NIOCore
import NIOHTTP1

extension GuardHandler {
    /// True if the next part has to wait.
    var isWaiting: Bool {
        switch state {
        case .deciding: true
        case .idle: isAnswering && !held.isEmpty
        default: false
        }
    }

    /// True if a part has not been taken, or its request is not decided.
    var isHolding: Bool {
        if case .deciding = state { true } else { !held.isEmpty }
    }

    var isDropping: Bool {
        switch state {
        case .dropping, .finishing: true
        default: false
        }
    }

    /// Takes a part, and then the parts that need not wait. Parts that come while a handler behind takes a part are held until the handler
    /// returns.
    func advance(_ context: ChannelHandlerContext, _ taking: () -> Void = {}) {
        guard !isAdvancing else { return taking() }
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

    func take(_ context: ChannelHandlerContext) {
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
    func removeAccepted() -> [NIOAny] {
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
    func takeHead(_ part: NIOAny, _ context: ChannelHandlerContext) {
        if case .head(let head) = unwrapInboundIn(part) { decide(head, part, context) }
    }

    func forward(_ part: NIOAny, _ context: ChannelHandlerContext) {
        if case .end = unwrapInboundIn(part) {
            // After a request to upgrade that was not upgraded, the decoder reads no request: only bytes follow.
            state = mayUpgrade && !isAnswering ? .ended : .idle
        }
        context.fireChannelRead(part)
    }

    func drop(_ part: NIOAny, _ count: Int, _ context: ChannelHandlerContext) {
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

    func close(_ context: ChannelHandlerContext) {
        end()
        context.close(promise: nil)
    }

    func end() {
        if case .deciding(let task) = state { task.cancel() }
        state = .ended
        held.removeAll()
        deadline?.cancel()
    }

    /// Passes on all that follows unchanged, after the held bytes that came behind the upgraded request. If NIO's decoder went on to read
    /// requests, the held parts are requests and no bytes, and are dropped.
    func passEverything(_ context: ChannelHandlerContext) {
        if case .ended = state { return }
        state = .passing
        let bytes = mayUpgrade ? held : []
        held.removeAll()
        for part in bytes { context.fireChannelRead(part) }
        if isReadAwaited { isReadAwaited = false; context.read() }
    }

    func isEnd(_ part: NIOAny) -> Bool {
        if case .end = unwrapInboundIn(part) { true } else { false }
    }
}
#endif
