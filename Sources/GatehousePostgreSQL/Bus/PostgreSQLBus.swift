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
    ///   - interval: How often a node asks the server how many beats there were, and after how long a silence it sends one.
    ///   - horizon: Marks from before this time are past.
    init(_ store: PostgreSQLStore, interval: Duration, horizon: @escaping @Sendable () -> Timestamp) {
        (self.store, self.horizon) = (store, horizon)
        self.interval = max(.milliseconds(10), interval)
    }

    public func publish(_ invalidation: Invalidation) async throws {
        // The mark and its message are one transaction.
        try await store.write { rows in
            try rows.mark(invalidation)
            rows.database.tell(invalidation)
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
    /// - Throws: An error if the connection is lost, or the server answers otherwise than it was told to.
    private func listen(_ began: () -> Void) throws {
        let connection = try PostgreSQLConnection(store.settings, limit: store.limit)
        guard let channel = try connection.query("SELECT \(BusMessage.channel)").first?.text(0) else {
            throw RecordStoreError.lost("the server gave no channel")
        }
        // This connection writes heartbeats alone, which a crash may lose: a commit waits neither for the disk nor for a standby.
        try connection.executeAll("SET synchronous_commit = off; LISTEN \(channel)")
        try connection.executeAll("DELETE FROM gatehouse_messages WHERE sent < now() - interval '1 hour'")
        // Changes committed before this are in the tables; those committed later are heard.
        tell(.mayHaveMissed)
        let marks = PostgreSQLTransaction(PostgreSQLDatabase(connection, isWriting: false))
        for mark in try marks.marks(since: horizon()) { tell(.invalidation(mark)) }
        began()
        var beats = BusBeats(interval: interval)
        var nextProbe = ContinuousClock.now
        while !isOver {
            if ContinuousClock.now >= nextProbe {
                // Until this is answered, whatever came is only taken in: a beat that is late has to be known as such.
                let time = ContinuousClock.now
                guard
                    let last = try connection.query("SELECT last_value - (NOT is_called)::integer FROM gatehouse_beats")
                        .first?.integer(0)
                else {
                    throw RecordStoreError.lost("the server does not say how many beats there were")
                }
                guard beats.probe(last, askedAt: time) else { throw RecordStoreError.lost("nothing is heard") }
                if beats.isSilent(at: time) {
                    _ = try connection.query(
                        "SELECT pg_notify(\(BusMessage.channel), '{\"kind\":\"heartbeat\",\"number\":' || nextval('gatehouse_beats') || '}')"
                    )
                }
                nextProbe = time.advanced(by: interval)
            }
            while let text = connection.nextNotification() {
                guard let message = BusMessage(text) else {
                    // A newer version said something that may be an invalidation.
                    tell(.invalidation(Invalidation(.everything)))
                    continue
                }
                if case .heartbeat(let number) = message {
                    if beats.hear(number, at: .now) { tell(.heartbeat) }
                } else {
                    try hear(message, connection)
                }
            }
            // So soon a subscription that ended is noticed.
            let end = min(nextProbe, .now.advanced(by: .milliseconds(250)))
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
