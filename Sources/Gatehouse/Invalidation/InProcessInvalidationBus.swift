public import GatehouseBase
import Synchronization

/// A bus between the authorizers of one process, for example one authorizer for each tenant or listener, and for tests.
///
/// Each node has an endpoint. An endpoint does not hear its own events.
public final class InProcessInvalidationBus: Sendable {
    private struct Subscriber {
        let endpoint: UInt64
        let events: AsyncThrowingStream<InvalidationBusEvent, any Error>.Continuation

        /// Hands on an event. Returns false if the event did not fit.
        func hears(_ event: InvalidationBusEvent) -> Bool {
            if case .dropped = events.yield(event) { false } else { true }
        }
    }

    private struct State {
        /// The subscribers by a number of their own, since one endpoint may have several subscribers.
        var subscribers: [UInt64: Subscriber] = [:]
        private var lastID: UInt64 = 0

        mutating func newID() -> UInt64 {
            lastID += 1  // overflows in 584 years at one a nanosecond
            return lastID
        }
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// Makes a bus with room for 10,000 waiting events for each node.
    public init() {
        capacity = 10_000
    }

    /// Makes a bus.
    ///
    /// - Parameter capacity: The number of events that may wait for one node, at least 2. A node that falls further behind may miss some
    ///   events.
    /// - Throws: `SettingError` for a capacity that is out of its range.
    public init(capacity: Int) throws(SettingError) {
        try SettingError.require(capacity, in: 2...(1 << 30), "capacity")
        self.capacity = capacity
    }

    /// Returns an endpoint for one node, by which the node publishes and hears events.
    public func endpoint() -> some InvalidationBus { Endpoint(bus: self, id: state.withLock { $0.newID() }) }

    /// Tells every node that everything published so far has been delivered. Call this function every second or so.
    public func sendHeartbeat() { send(.heartbeat, except: nil) }

    /// The number of listeners.
    package var subscriberCount: Int { state.withLock { $0.subscribers.count } }

    private func send(_ event: InvalidationBusEvent, except sender: UInt64?) {
        let behind = state.withLock { state in
            let behind = state.subscribers.filter { $0.value.endpoint != sender && !$0.value.hears(event) }
            for number in behind.keys { state.subscribers[number] = nil }
            return behind.values
        }
        // A node whose events do not fit loses the connection, and its next connection says that events were missed. The streams end
        // outside the lock, since the end of a subscription takes the lock.
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
            continuation.yield(.mayHaveMissed)  // for events before this subscription
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
