#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseHTTP
import NIOCore
import Synchronization

/// A guard that decides when it is told to.
final class PatientGuard: RequestGuard {
    /// The paths about which an answer is at hand.
    private let atHand: Set<String>
    private let waiting = Mutex<[CheckedContinuation<Bool, Never>]>([])
    let cancelled = AsyncStream.makeStream(of: Void.self)
    let asked = AsyncStream.makeStream(of: Void.self)

    init(atHand: Set<String> = []) { self.atHand = atHand }

    func authorizedAtHand(_ request: AuthorizationRequest) -> AuthorizationRequest? {
        atHand.contains(request.path) ? request : nil
    }

    func authorize(_ request: AuthorizationRequest) async -> AuthorizationResult {
        let isAllowed = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting.withLock { $0.append(continuation) }
                asked.continuation.yield()
            }
        } onCancel: {
            cancelled.continuation.yield()
            decide(false)
        }
        return isAllowed ? .proceed(request) : .reject(Refusals().unauthenticated(request))
    }

    func decide(_ isAllowed: Bool) {
        waiting.withLock { waiting in
            if !waiting.isEmpty { waiting.removeFirst().resume(returning: isAllowed) }
        }
    }
}

/// Counts the reads that reach the socket, and the closings of the output alone, for which a testing channel has no state.
final class ReadCounter: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = Any
    let count = Mutex(0)
    let outputEnds = Mutex(0)

    func read(context: ChannelHandlerContext) {
        count.withLock { $0 += 1 }
        context.read()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        outputEnds.withLock { $0 += 1 }
        promise?.succeed()
    }
}
#endif
