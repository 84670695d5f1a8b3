#if NIO
import NIOCore
import NIOHTTP1

extension ChannelHandlerContext {
    /// True if the pipeline has NIO's upgrade handler, and an inbound event reaches that handler before this context's handler.
    var isBehindUpgradeHandler: Bool { isBehind(HTTPServerUpgradeHandler.self) ?? true }

    /// True if NIO's handler that passes on one request of a connection at a time stands before this context's handler.
    var isBehindPipelineHandler: Bool { isBehind(HTTPServerPipelineHandler.self) ?? false }

    /// Returns true if an inbound event reaches a handler of this type before this context's handler, false if the pipeline has no such
    /// handler, and `nil` if the order cannot be found out.
    private func isBehind<Handler: ChannelHandler>(_ type: Handler.Type) -> Bool? {
        let pipeline = pipeline.syncOperations
        guard let handler = try? pipeline.handler(type: type) else { return false }
        let receiver = EventReceiver()
        guard (try? pipeline.addHandler(receiver, position: .after(handler))) != nil else { return nil }
        fireUserInboundEventTriggered(EventReceiver.Event(id: ObjectIdentifier(receiver)))
        pipeline.removeHandler(receiver, promise: nil)
        return !receiver.isReached
    }
}

/// A handler that learns that an event reaches its position in a pipeline.
private final class EventReceiver: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    struct Event {
        let id: ObjectIdentifier
    }

    private(set) var isReached = false

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? Event, event.id == ObjectIdentifier(self) {
            isReached = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}

extension HTTPRequestHead {
    /// True if NIO's decoder reads no request after this request, and leaves the bytes that follow to another protocol. False for a head
    /// whose fields have an unusual form.
    var asksToUpgrade: Bool {
        guard headers.contains(name: "upgrade") else { return false }
        let connection = headers["connection"]
        return connection.count == 1
            && connection[0].split(separator: ",").contains { $0.drop { $0 == " " }.lowercased() == "upgrade" }
    }

    /// True if the start of the connection's next request is uncertain. A client that waits for 100 may send a body or not, and after a
    /// request to upgrade NIO's decoder reads no body.
    var hasUncertainEnd: Bool {
        headers.contains(name: "expect") || headers.contains(name: "upgrade") || method == .CONNECT
    }
}
#endif
