#if NIO
import NIOCore
import NIOHTTP1

extension ChannelHandlerContext {
    /// True if the pipeline has NIO's upgrade handler, and what comes in reaches that before this context's handler.
    var isBehindUpgradeHandler: Bool {
        let pipeline = pipeline.syncOperations
        guard let upgrading = try? pipeline.handler(type: HTTPServerUpgradeHandler.self) else { return false }
        let probe = Probe()
        guard (try? pipeline.addHandler(probe, position: .after(upgrading))) != nil else { return true }
        fireUserInboundEventTriggered(Probe.Event(id: ObjectIdentifier(probe)))
        pipeline.removeHandler(probe, promise: nil)
        return !probe.isReached
    }
}

/// Learns that an event reached its place in a pipeline.
private final class Probe: ChannelInboundHandler, RemovableChannelHandler {
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
    /// True if NIO's decoder reads no request after this one, and leaves what follows to another protocol. A head that is written in another
    /// way than clients write it counts as none.
    var asksToUpgrade: Bool {
        let connection = headers["connection"]
        return headers.contains(name: "upgrade") && connection.count == 1
            && connection[0].split(separator: ",").contains { $0.drop { $0 == " " }.lowercased() == "upgrade" }
    }

    /// True if nobody knows where the next request of the connection starts: a client that waits for 100 sends a body or does not, and behind
    /// a request to upgrade NIO's decoder reads none.
    var hasUncertainEnd: Bool {
        headers.contains(name: "expect") || headers.contains(name: "upgrade") || method == .CONNECT
    }
}
#endif
