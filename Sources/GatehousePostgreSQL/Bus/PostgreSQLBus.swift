#if PostgreSQL
import Foundation
public import Gatehouse
import GatehouseBase
import GatehouseRecords
import Synchronization

/// The bus between the nodes of a service, over PostgreSQL's `LISTEN` and `NOTIFY`.
///
/// One connection listens, on its own thread. After the connection is lost, a new connection is made. The node then forgets everything, and
/// reads the marks from their table, so that no revocation is lost.
public struct PostgreSQLBus: InvalidationBus {
    private let store: PostgreSQLStore
    private let interval: Duration
    private let horizon: @Sendable () -> Timestamp

    /// Makes a bus.
    ///
    /// - Parameters:
    ///   - interval: The time between the node's questions about beats, and the length of silence after which the node sends a beat.
    ///   - horizon: The time before which marks no longer matter.
    init(_ store: PostgreSQLStore, interval: Duration, horizon: @escaping @Sendable () -> Timestamp) {
        (self.store, self.horizon) = (store, horizon)
        self.interval = max(.milliseconds(10), interval)
    }

    public func publish(_ invalidation: Invalidation) async throws {
        // The mark and its message are written in one transaction.
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

    /// Listens until the subscription ends. Without a connection the listener reports nothing, and the cache limits the length of the
    /// silence.
    func run() {
        var pause = 0.05
        while !isOver {
            do {
                try listen { pause = 0.05 }
            } catch {
                // The pause is random, so that many nodes that lost one server do not return at once.
                Thread.sleep(forTimeInterval: pause * Double.random(in: 0.5...1))
                pause = min(pause * 2, 2)
            }
        }
    }

    /// Listens on one connection.
    ///
    /// - Throws: An error if the connection is lost, or if the server's answer is not the expected answer.
    private func listen(_ began: () -> Void) throws {
        let connection = try PostgreSQLConnection(store.settings, limit: store.limit)
        guard let channel = try connection.query("SELECT \(BusMessage.channel)").first?.text(0) else {
            throw RecordStoreError.lost("the server gave no channel")
        }
        // This connection writes only heartbeats, and a crash may lose them: a commit waits neither for the disk nor for a standby.
        try connection.executeAll("SET synchronous_commit = off; LISTEN \(channel)")
        try connection.executeAll("DELETE FROM gatehouse_messages WHERE sent < now() - interval '1 hour'")
        // The tables have the changes that were committed earlier. Later changes are heard.
        tell(.mayHaveMissed)
        let marks = PostgreSQLTransaction(PostgreSQLDatabase(connection, isWriting: false))
        for mark in try marks.marks(since: horizon()) { tell(.invalidation(mark)) }
        began()
        var beats = BusBeats(interval: interval)
        var nextProbe = ContinuousClock.now
        while !isOver {
            if ContinuousClock.now >= nextProbe {
                // Notifications are not handled until the answer has come: a late beat has to be recognized as late.
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
                    // A node of a newer version sent a message that may be an invalidation.
                    tell(.invalidation(Invalidation(.everything)))
                    continue
                }
                if case .heartbeat(let number) = message {
                    if beats.hear(number, at: .now) { tell(.heartbeat) }
                } else {
                    try hear(message, connection)
                }
            }
            // The limit of the wait makes the loop notice the end of the subscription soon.
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
        // A subscriber that falls behind by the whole buffer asks for the events again, and is told that it missed some.
        if case .dropped = events.yield(event) {
            events.finish()
            stop()
        }
    }
}
#endif
