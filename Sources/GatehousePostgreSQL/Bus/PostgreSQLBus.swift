#if PostgreSQL
import Foundation
public import Gatehouse
import GatehouseBase
import GatehouseRecords
import Synchronization

/// The bus between the nodes of a service, over PostgreSQL's `LISTEN` and `NOTIFY`.
///
/// One connection listens, on a thread of its own. Where it is lost, it is made anew; the node then forgets everything, and reads the marks from
/// their table, so that no revocation is lost.
public struct PostgreSQLBus: InvalidationBus {
    private let store: PostgreSQLStore
    private let interval: Duration
    private let horizon: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - interval: How often a node asks the server whether it hears itself.
    ///   - horizon: Marks from before this time are past.
    init(_ store: PostgreSQLStore, interval: Duration, horizon: @escaping @Sendable () -> Timestamp) {
        (self.store, self.horizon) = (store, horizon)
        self.interval = max(.milliseconds(10), interval)
    }

    public func publish(_ invalidation: Invalidation) async throws {
        let message = BusMessage.invalidation(invalidation, node: store.node, revision: 0)
        try await store.withConnection { connection in
            // A stored message and its notification are one transaction.
            try connection.begin()
            do {
                try PostgreSQLTransaction(PostgreSQLDatabase(connection, isWriting: true)).mark(invalidation)
                try message.send(on: connection)
                try connection.executeAll("COMMIT")
            } catch {
                try? connection.executeAll("ROLLBACK")
                throw error
            }
        }
    }

    public func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> {
        let (stream, continuation) = AsyncThrowingStream.makeStream(
            of: InvalidationBusEvent.self,
            bufferingPolicy: .bufferingOldest(10_000)
        )
        let listener = BusListener(store, interval: interval, horizon: horizon, events: continuation)
        continuation.onTermination = { _ in listener.stop() }
        Thread.detachNewThread { listener.run() }
        return stream
    }
}

/// A subscription, with its thread and its connection.
private final class BusListener: Sendable {
    private let store: PostgreSQLStore
    private let interval: Duration
    private let horizon: @Sendable () -> Timestamp
    private let events: AsyncThrowingStream<InvalidationBusEvent, any Error>.Continuation
    private let isStopped = Mutex(false)

    init(
        _ store: PostgreSQLStore,
        interval: Duration,
        horizon: @escaping @Sendable () -> Timestamp,
        events: AsyncThrowingStream<InvalidationBusEvent, any Error>.Continuation
    ) {
        (self.store, self.interval, self.horizon, self.events) = (store, interval, horizon, events)
    }

    func stop() { isStopped.withLock { $0 = true } }

    private var isOver: Bool { isStopped.withLock { $0 } }

    /// Listens until the subscription ends. While there is no connection it says nothing, and silence has its own bound at the cache.
    func run() {
        var pause = 0.05
        while !isOver {
            do {
                try listen { pause = 0.05 }
            } catch {
                // Many nodes that lost one server do not come back at once.
                Thread.sleep(forTimeInterval: pause * Double.random(in: 0.5...1))
                pause = min(pause * 2, 2)
            }
        }
    }

    /// Listens on one connection.
    ///
    /// - Throws: Where the connection is lost, or the server does not say what it was told to.
    private func listen(_ began: () -> Void) throws {
        let connection = try PostgreSQLConnection(store.settings, limit: store.limit)
        // Beats go by a channel of this subscription alone; all channels of a database share one queue, and so one order.
        let beats = "gatehouse_\(UInt64.random(in: .min ... .max))"
        try connection.executeAll("LISTEN \(BusMessage.channel); LISTEN \(beats)")
        try connection.executeAll("DELETE FROM gatehouse_messages WHERE sent < now() - interval '1 hour'")
        // Changes committed before this are in the tables; those committed later are heard.
        tell(.mayHaveMissed)
        let marks = PostgreSQLTransaction(PostgreSQLDatabase(connection, isWriting: false))
        for mark in try marks.marks(since: horizon()) { tell(.invalidation(mark)) }
        began()
        var (sent, heard): (Int64, Int64) = (0, 0)
        var nextBeat = ContinuousClock.now
        while !isOver {
            if ContinuousClock.now >= nextBeat {
                // Three beats that were sent and not heard: the queue does not reach this connection.
                guard sent - heard < 3 else { throw RecordStoreError.lost("nothing is heard") }
                sent += 1
                try BusMessage.heartbeat(node: store.node, number: sent).send(on: connection, channel: beats)
                nextBeat = .now.advanced(by: interval)
            }
            while let text = connection.nextNotification() {
                guard let message = BusMessage(text) else {
                    // A newer version said something that may be an invalidation.
                    tell(.invalidation(Invalidation(.everything)))
                    continue
                }
                if case .heartbeat(_, let number) = message {
                    heard = max(heard, number)
                    tell(.heartbeat)
                } else {
                    try hear(message, connection)
                }
            }
            // So soon a subscription that ended is noticed.
            let end = min(nextBeat, .now.advanced(by: .milliseconds(250)))
            if connection.wait(until: end) { try connection.consume() }
        }
    }

    private func hear(_ message: BusMessage, _ connection: PostgreSQLConnection) throws {
        switch message {
        case .invalidation(let invalidation, let node, _):
            if node != store.node { tell(.invalidation(invalidation)) }
        case .everything(let node):
            guard node != store.node else { return }
            tell(.invalidation(Invalidation(.everything)))
            let rows = PostgreSQLTransaction(PostgreSQLDatabase(connection, isWriting: false))
            for mark in try rows.marks(since: horizon()) { tell(.invalidation(mark)) }
        case .stored(let number):
            let row = try connection.query(
                "SELECT content FROM gatehouse_messages WHERE number = $1",
                [.integer(number)]
            )
            .first
            guard let text = try row?.name(0), let message = BusMessage(text), case .invalidation = message else {
                tell(.invalidation(Invalidation(.everything)))
                return
            }
            try hear(message, connection)
        case .heartbeat, .policy: break
        }
    }

    private func tell(_ event: InvalidationBusEvent) {
        // Whoever falls behind by all that the buffer holds asks for the events again, and is told that it missed some.
        if case .dropped = events.yield(event) {
            events.finish()
            stop()
        }
    }
}
#endif
