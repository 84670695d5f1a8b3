public import GatehouseBase
import Synchronization

/// A bus between the authorizers of one process, such as one for each tenant or listener, and for tests.
///
/// Each node has an endpoint, which does not hear itself.
public final class InProcessInvalidationBus: Sendable {
    private struct Subscriber {
        let endpoint: UInt64
        let events: AsyncThrowingStream<InvalidationBusEvent, any Error>.Continuation

        /// False: the event did not fit.
        func hears(_ event: InvalidationBusEvent) -> Bool {
            if case .dropped = events.yield(event) { false } else { true }
        }
    }

    private struct State {
        /// By a number of their own: an endpoint's events may be asked for more than once.
        var subscribers: [UInt64: Subscriber] = [:]
        private var lastID: UInt64 = 0

        mutating func newID() -> UInt64 {
            lastID += 1  // one a nanosecond would take 584 years to overflow it
            return lastID
        }
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// Makes a bus on which 10,000 events may wait for one node.
    public init() {
        capacity = 10_000
    }

    /// Makes a bus.
    ///
    /// - Parameter capacity: How many events may wait for one node, from 2 on. One that falls behind by more may have missed some.
    /// - Throws: `SettingError` for a capacity that is out of its range.
    public init(capacity: Int) throws(SettingError) {
        try SettingError.require(capacity, in: 2...(1 << 30), "capacity")
        self.capacity = capacity
    }

    /// Returns the bus as one node publishes to it and hears from it.
    public func endpoint() -> some InvalidationBus { Endpoint(bus: self, id: state.withLock { $0.newID() }) }

    /// Tells every node that all that was published has been delivered. Call it every second or so.
    public func sendHeartbeat() { send(.heartbeat, except: nil) }

    /// The number of listeners.
    package var subscriberCount: Int { state.withLock { $0.subscribers.count } }

    private func send(_ event: InvalidationBusEvent, except sender: UInt64?) {
        let behind = state.withLock { state in
            let behind = state.subscribers.filter { $0.value.endpoint != sender && !$0.value.hears(event) }
            for number in behind.keys { state.subscribers[number] = nil }
            return behind.values
        }
        // Whoever's events do not fit loses the connection, and with the next one is told that it missed some. Not under the lock,
        // which the end of a subscription takes.
        for subscriber in behind { subscriber.events.finish() }
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
            let number = bus.state.withLock { state in
                let number = state.newID()
                state.subscribers[number] = Subscriber(endpoint: id, events: continuation)
                return number
            }
            continuation.onTermination = { [weak bus] _ in bus?.state.withLock { $0.subscribers[number] = nil } }
            return stream
        }
    }
}
