import Synchronization

/// A bus between the authorizers of one process, such as one for each tenant or listener, and for tests.
///
/// Each node has an endpoint, which does not hear itself.
public final class InProcessInvalidationBus: Sendable {
    private struct State {
        /// By a number of their own: an endpoint's events may be asked for more than once.
        var subscribers:
            [UInt64: (endpoint: UInt64, events: AsyncThrowingStream<InvalidationBusEvent, any Error>.Continuation)] =
                [:]
        private var lastID: UInt64 = 0

        mutating func newID() -> UInt64 {
            lastID += 1  // one a nanosecond would take 584 years to overflow it
            return lastID
        }
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// Makes a bus.
    ///
    /// - Parameter capacity: How many events may wait for one node. One that falls behind by more may have missed some.
    public init(capacity: Int = 10_000) {
        self.capacity = max(2, capacity)
    }

    /// What one node publishes and hears by.
    public func endpoint() -> some InvalidationBus { Endpoint(bus: self, id: state.withLock { $0.newID() }) }

    /// Tells every node that all that was published has been delivered. Call it every second or so.
    public func sendHeartbeat() { send(.heartbeat, except: nil) }

    private func send(_ event: InvalidationBusEvent, except sender: UInt64?) {
        state.withLock { state in
            for (id, subscriber) in state.subscribers where subscriber.endpoint != sender {
                if case .enqueued = subscriber.events.yield(event) { continue }
                // Whoever's events do not fit loses the connection, and with the next one is told that it missed some; and
                // whoever no longer listens goes.
                subscriber.events.finish()
                state.subscribers[id] = nil
            }
        }
    }

    private struct Endpoint: InvalidationBus {
        let bus: InProcessInvalidationBus
        let id: UInt64

        func publish(_ invalidation: Invalidation) { bus.send(.invalidation(invalidation), except: id) }

        func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> {
            let (stream, continuation) = AsyncThrowingStream.makeStream(
                of: InvalidationBusEvent.self,
                bufferingPolicy: .bufferingOldest(bus.capacity)
            )
            continuation.yield(.mayHaveMissed)  // what was published before
            bus.state.withLock { state in state.subscribers[state.newID()] = (id, continuation) }
            return stream
        }
    }
}
