import GatehouseBase
import GatehouseRecords
import GatehouseTesting
import Testing

struct InMemoryRecordsTests {
    private struct Failure: Error {}

    @Test func `A transaction that throws changes nothing, and a savepoint that throws undoes itself alone`()
        async throws
    {
        let store = InMemoryRecords()
        await #expect(throws: Failure.self) {
            try await store.write { rows in
                try rows.setNote("kept", "a")
                throw Failure()
            }
        }
        #expect(try await store.read { try $0.note("a") } == nil)
        try await store.write { rows in
            try rows.setNote("kept", "a")
            try? rows.savepoint {
                try rows.setNote("undone", "a")
                throw Failure()
            }
        }
        #expect(try await store.read { try $0.note("a") } == "kept")
    }

    @Test func `Assigned roles keep the rules of every membership store`() async {
        let store = RecordedMemberships(InMemoryRecords(), issuer: "i")
        #expect(await MembershipConformance.violations(of: store, issuer: "i") == [])
    }

    @Test func `An audit log in memory verifies`() async throws {
        let store = InMemoryRecords()
        let log = AuditLog(store, configuration: .init(durable: true), signer: try .random(name: "m"))
        for _ in 0..<10 { try await log.append(event: "x", user: "u") }
        #expect(try await log.redact(user: "u") == 10)
        let verifier = log.verifier
        #expect(try await store.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }.isWhole)
    }

    @Test func `The directory lags by the age of the oldest webhook that it has not taken`() async throws {
        let clock = ManualClock(Timestamp(clampingMilliseconds: 1_000_000))
        let store = InMemoryRecords()
        let memberships = RecordedMemberships(store, issuer: "i", clock: clock.wall)
        #expect(try await memberships.lag() == .zero)
        let webhook = StoredWebhook(
            source: "clerk",
            id: "m",
            type: "user.created",
            object: nil,
            received: clock.now,
            body: [],
            state: .pending
        )
        _ = try await store.write { try $0.insert(webhook) }
        clock.advance(by: .seconds(7))
        #expect(try await memberships.lag() == .seconds(7))
    }
}
