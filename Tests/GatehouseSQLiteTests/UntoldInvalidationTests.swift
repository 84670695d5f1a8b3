#if SQLite
import GRDB
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import Synchronization
import Testing

/// The invalidations of a webhook reach the other nodes, also if the bus fails at first.
struct UntoldInvalidationTests {
    /// A bus that fails when it is told to, and keeps what it was given.
    private final class FlakyBus: InvalidationBus {
        private struct Broken: Error {}
        let isBroken = Mutex(false)
        let published = Mutex<[Invalidation]>([])

        func publish(_ invalidation: Invalidation) async throws {
            if isBroken.withLock({ $0 }) { throw Broken() }
            published.withLock { $0.append(invalidation) }
        }

        func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error> { AsyncThrowingStream { _ in } }
    }

    private static let ban = ClerkSender.event(
        "user.updated",
        ClerkSender.user("u", updated: Int(ClerkSender.start.milliseconds), banned: true),
        at: Int(ClerkSender.start.milliseconds)
    )
    private static let scope = Invalidation.Scope.user(issuer: ClerkSender.issuer, user: "u")

    private func untold(_ sender: ClerkSender) async throws -> Int {
        try await sender.records.read { try $0.untold(after: 0, limit: 100).count }
    }

    @Test func `A webhook whose invalidation the bus refuses is not acknowledged until it is told`() async throws {
        let bus = FlakyBus()
        let sender = try await ClerkSender(bus: bus)
        bus.isBroken.withLock { $0 = true }
        for _ in 0..<3 {
            let reception = try await sender.send(Self.ban, id: "m")
            #expect(reception.status == .serviceUnavailable)
            guard case .unavailable(let error) = reception, error.code == .untold else {
                Issue.record("\(reception)")
                return
            }
        }
        // This node has forgotten all the same.
        #expect(!sender.records.marks.accepts(Principal("u", issuer: ClerkSender.issuer), issuedAt: ClerkSender.start))
        bus.isBroken.withLock { $0 = false }
        #expect(try await sender.send(Self.ban, id: "m") == .repeated)
        #expect(bus.published.withLock { $0.map(\.scope) } == [Self.scope])
        #expect(try await untold(sender) == 0)
        // And a further one has nothing more to tell.
        #expect(try await sender.send(Self.ban, id: "m") == .repeated)
        #expect(bus.published.withLock { $0.count } == 1)
    }

    @Test func `What one process could not tell, the service of the next one tells`() async throws {
        let bus = FlakyBus()
        let sender = try await ClerkSender(bus: bus)
        bus.isBroken.withLock { $0 = true }
        #expect(try await sender.send(Self.ban, id: "m").status == .serviceUnavailable)
        bus.isBroken.withLock { $0 = false }
        let next = try await ClerkSender(in: sender.folder, bus: bus)
        let service = Task { try await next.webhooks.run() }
        try await eventually(equals: 1) { bus.published.withLock { $0.count } }
        service.cancel()
        _ = await service.result
        #expect(bus.published.withLock { $0.map(\.scope) } == [Self.scope])
    }

    @Test func `An event that the directory took late tells, too`() async throws {
        let bus = FlakyBus()
        let sender = try await ClerkSender(bus: bus)
        _ = try await sender.send(Self.ban, id: "m")
        try await sender.records.write { rows in
            try rows.database.execute(sql: "DELETE FROM gatehouse_users")
            try rows.database.execute(sql: "UPDATE gatehouse_webhooks SET state = 0, is_applied = 0")
        }
        bus.isBroken.withLock { $0 = true }
        await #expect(throws: RecordStoreError.self) { try await sender.webhooks.processDue() }
        bus.isBroken.withLock { $0 = false }
        #expect(try await sender.send(Self.ban, id: "m") == .repeated)
        #expect(bus.published.withLock { $0.count } == 2)
    }

    @Test func `Told invalidations leave the store with the next webhook`() async throws {
        let sender = try await ClerkSender()
        _ = try await sender.send(Self.ban, id: "m1")
        #expect(try await untold(sender) == 1)
        _ = try await sender.send(ClerkSender.event("email.created", ["id": "e"], at: 1), id: "m2")
        #expect(try await untold(sender) == 0)
    }
}
#endif
