#if SQLite
import GRDB
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import Synchronization
import Testing

/// Events whose handlers never come to an end that is written down.
struct PoisonEventTests {
    private static let configuration = ClerkWebhooks<SQLiteRecords>.Configuration(
        retry: RetrySchedule(base: .seconds(1), limit: .seconds(8), attempts: 3)
    )

    private func send(_ id: String, _ sender: ClerkSender) async throws {
        let body = ClerkSender.event("user.created", ClerkSender.user(id, updated: 1), at: 1)
        #expect(try await sender.send(body, id: "m_" + id) == .stored)
    }

    private func dead(_ sender: ClerkSender) async throws -> [StoredWebhook] {
        try await sender.records.read { try $0.webhooks(in: .dead, after: 0, limit: 10) }
    }

    @Test func `An event whose handler always throws a store's error becomes a dead letter`() async throws {
        let sender = try await ClerkSender(configuration: Self.configuration)
        let done = Mutex<[String]>([])
        sender.webhooks.on(.userCreated) { event, _ in
            if event.data.id == "poison" { throw RecordStoreError(.unavailable, "always") }
            done.withLock { $0.append(event.data.id) }
        }
        for id in ["a", "poison", "b"] { try await send(id, sender) }
        for _ in 0..<12 {
            while let count = try? await sender.webhooks.processDue(), count > 0 {}
            sender.clock.advance(by: .seconds(61))
        }
        #expect(Set(done.withLock { $0 }) == ["a", "b"])
        let letters = try await dead(sender)
        #expect(letters.map(\.id) == ["m_poison"])
        #expect(letters.first?.attempts == 3)
        #expect(letters.first?.error?.contains("never ended") == true)
        #expect(try await sender.webhooks.replay(id: "m_poison"))
    }

    @Test func `An event whose handler ends the process is tried so often, and no more`() async throws {
        let sender = try await ClerkSender(configuration: Self.configuration)
        let runs = Mutex<[String]>([])
        sender.webhooks.on(.userCreated) { event, _ in runs.withLock { $0.append(event.data.id) } }
        try await send("poison", sender)
        try await send("b", sender)
        // A process that ends within a handler leaves what it wrote before: that the event was begun.
        try await sender.records.write { rows in
            try rows.database.execute(
                sql: "UPDATE gatehouse_webhooks SET state = 0, attempts = 3 WHERE id = 'm_poison'"
            )
        }
        while try await sender.webhooks.processDue() > 0 {}
        #expect(runs.withLock { $0 } == ["b"])
        #expect(try await dead(sender).map(\.id) == ["m_poison"])
    }
}
#endif
