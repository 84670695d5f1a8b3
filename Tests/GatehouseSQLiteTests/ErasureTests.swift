#if SQLite
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

struct ErasureTests {
    /// Each has the data of the user `u`.
    private static let events: [(type: String, data: JSONValue)] = [
        ("user.created", ClerkSender.user("u", email: "secret@example.com", updated: 1)),
        (
            "organizationMembership.created",
            ClerkSender.membership("mem_1", "u", in: "org_1", role: "org:member", created: 1, updated: 1)
        ),
        ("session.created", ["id": "sess_1", "user_id": "u", "user": ClerkSender.user("u", updated: 1)]),
        ("session.removed", ["id": "sess_1", "user": ["id": "u", "first_name": "Secret"]]),
        ("email.created", ["id": "ema_1", "user_id": "u", "to_email_address": "secret@example.com"]),
        (
            "subscription.created",
            ["id": "sub_1", "payer": ["id": "p", "user_id": "u", "email": "secret@example.com"]]
        ),
    ]

    @Test func `Erasing a person empties every body that has the person's data, and no other`() async throws {
        let sender = try await ClerkSender()
        for (index, event) in Self.events.enumerated() {
            _ = try await sender.send(ClerkSender.event(event.type, event.data, at: index + 1), id: "m\(index)")
        }
        _ = try await sender.send(
            ClerkSender.event("user.created", ClerkSender.user("other", updated: 1), at: 9),
            id: "other"
        )
        let now = sender.clock.now
        let erased = try await sender.records.write { try $0.erase(user: "u", source: "clerk", now: now) }
        #expect(erased.webhooks == Self.events.count)
        let left = try await sender.records.read { try $0.webhooks(in: nil, after: 0, limit: 100) }
        #expect(left.filter { !$0.body.isEmpty }.map(\.id) == ["other"])
        #expect(!left.contains { $0.user == "u" })
        let again = try await sender.records.write { try $0.erase(user: "u", source: "clerk", now: now) }
        #expect(again.webhooks == 0)
    }

    @Test func `Copies that the compliance endpoint took are emptied, and those that wait are kept`() async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock(ClerkSender.start)
        let records = try await SQLiteRecords(
            path: folder.database,
            audit: .init(
                durable: true,
                compliance: try ComplianceEndpoint(url: "https://a.example", secret: .random(), types: ["user.deleted"])
            ),
            clock: clock.wall
        )
        try await records.audit.append(event: "user.deleted", user: "u")
        try await records.audit.append(event: "user.deleted", user: "u")
        try await records.write { rows in
            var first = try #require(try rows.webhook(source: "compliance", id: "gatehouse-0"))
            first.state = .done
            try rows.update(first)
        }
        let now = clock.now
        #expect(try await records.write { try $0.erase(user: "u", source: "clerk", now: now) }.webhooks == 1)
        let left = try await records.read { try $0.webhooks(in: nil, after: 0, limit: 10) }
        #expect(left.map(\.body.isEmpty) == [true, false])
    }
}
#endif
