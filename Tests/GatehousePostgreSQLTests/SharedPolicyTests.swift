#if PostgreSQL
import Gatehouse
import GatehouseBase
import GatehousePostgreSQL
import GatehouseTesting
import Synchronization
import Testing

@Suite(
    "The policy that all nodes share",
    .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.missing),
    .timeLimit(.minutes(1))
)
struct SharedPolicyTests {
    private func engine(_ grants: String...) throws -> PolicyEngine {
        try PolicyEngine(Policy { Role("member") { Grants(grants) } })
    }

    @Test("one of two replacements of the same revision succeeds, and every node follows")
    func compareAndSet() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        let one = try await PostgreSQLRecords(url: url, node: "one")
        let two = try await PostgreSQLRecords(url: url, node: "two")
        #expect(try await one.sharedPolicy() == nil)
        let (first, second, third) = (try engine("a:b"), try engine("a:b", "a:c"), try engine("a:d"))
        #expect(try await one.setSharedPolicy(first, replacing: nil))
        #expect(try await !two.setSharedPolicy(second, replacing: nil))
        let current = CurrentPolicy(first)
        let following = Task { try await two.followSharedPolicy(current, every: .milliseconds(20)) }
        defer { following.cancel() }
        #expect(try await two.setSharedPolicy(second, replacing: first.revision))
        #expect(try await !one.setSharedPolicy(third, replacing: first.revision))
        try await eventually(equals: second.revision) { current.engine.revision }
        #expect(try await one.sharedPolicy()?.revision == second.revision)
        // One that cannot be read leaves the last good one in force.
        try await one.write { rows in
            _ = try rows.database.execute(
                "UPDATE gatehouse_current_policy SET revision = 'x', content = $1",
                [.bytes([1, 2, 3])]
            )
        }
        try await eventually {
            current.failure
        } satisfies: {
            $0 != nil
        }
        #expect(current.engine.revision == second.revision)
        let error = await #expect(throws: RecordStoreError.self) { try await one.sharedPolicyRevision() }
        #expect(error?.code == .corrupt)
    }

    @Test("a policy that can be read again ends the failure, and only changes are told")
    func confirmed() async throws {
        let records = try await PostgreSQLRecords(url: try PostgreSQLServer.shared.get().database(), node: "one")
        let engine = try engine("a:b")
        #expect(try await records.setSharedPolicy(engine, replacing: nil))
        #expect(try await records.sharedPolicyRevision() == engine.revision)
        let current = CurrentPolicy(engine)
        let told = Mutex<[Bool]>([])
        let following = Task {
            try await records.followSharedPolicy(current, every: .milliseconds(20)) { isLoaded in
                told.withLock { $0.append(isLoaded) }
            }
        }
        defer { following.cancel() }
        func rename(_ old: String, _ new: String) async throws {
            try await records.write { rows in
                _ = try rows.database.execute("ALTER TABLE \(old) RENAME TO \(new)", [])
            }
        }
        try await rename("gatehouse_current_policy", "elsewhere")
        while current.failure == nil { await Task.yield() }
        try await rename("elsewhere", "gatehouse_current_policy")
        while told.withLock({ $0.count }) < 2 { await Task.yield() }
        #expect(current.failure == nil)
        #expect(current.engine.revision == engine.revision)
        #expect(told.withLock { $0 } == [false, true])
    }
}
#endif
