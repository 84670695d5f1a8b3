#if SQLite
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

struct AuditGapTests {
    private static let start = ClerkSender.start

    private func log(_ records: SQLiteRecords, allows: Double, _ clock: ManualClock) -> AuditLog {
        AuditLog(records, configuration: .init(allows: allows, durable: true), clock: clock.wall)
    }

    private func gaps(_ records: SQLiteRecords, _ since: Int, _ until: Int) async throws -> [String] {
        try await records.read { rows in
            try rows.auditGaps(
                since: Self.start.advanced(by: .seconds(since)),
                until: Self.start.advanced(by: .seconds(until))
            ).map { gap in
                let (begin, end) = (Self.start.duration(to: gap.since), Self.start.duration(to: gap.until))
                let reason = if case .sampled(let part) = gap.reason { "\(part)" } else { "not-stopped" }
                return "\(begin.components.seconds)-\(end.components.seconds) \(reason)"
            }
        }
    }

    /// Lets a log run until it has written its begin.
    private func run(_ log: AuditLog, _ body: () async throws -> Void) async throws {
        let count = try await started(log)
        let service = Task { try await log.run() }
        try await eventually {
            try await started(log)
        } satisfies: {
            $0 != count
        }
        try await body()
        service.cancel()
        _ = await service.result
    }

    private let records: SQLiteRecords
    private let folder: TemporaryFolder
    private let clock = ManualClock(AuditGapTests.start)

    init() async throws {
        folder = try TemporaryFolder()
        records = try await SQLiteRecords(path: folder.database, clock: clock.wall)
    }

    private func started(_ log: AuditLog) async throws -> Int {
        try await records.read { try $0.auditRows(AuditQuery(types: ["audit.started"]), after: 0, limit: 100).count }
    }

    @Test func `A log that keeps all has no gaps, and one that keeps a part says so for as long as it does`()
        async throws
    {
        try await log(records, allows: 1, clock).append(event: "a")
        #expect(try await gaps(records, 0, 100) == [])
        clock.advance(by: .seconds(10))
        let sampled = log(records, allows: 0.25, clock)
        try await sampled.append(event: "b")
        try await sampled.append(event: "c")
        #expect(try await gaps(records, 0, 100) == ["10-100 0.25"])
        #expect(try await gaps(records, 50, 100) == ["50-100 0.25"])
        #expect(try await gaps(records, 0, 10) == [])
        clock.advance(by: .seconds(10))
        try await run(log(records, allows: 1, clock)) {}
        #expect(try await Set(gaps(records, 0, 100)) == ["10-20 not-stopped", "10-20 0.25"])
        clock.advance(by: .seconds(10))
        try await run(log(records, allows: 0.5, clock)) { clock.advance(by: .seconds(5)) }
        #expect(try await gaps(records, 25, 100).contains("30-100 0.5"))
        #expect(try await gaps(records, 21, 29) == [])
    }

    @Test func `A log that did not end by itself leaves a gap`() async throws {
        try await log(records, allows: 1, clock).append(event: "a")
        clock.advance(by: .seconds(10))
        try await run(log(records, allows: 1, clock)) {}
        #expect(try await gaps(records, 0, 100) == ["0-10 not-stopped"])
        #expect(try await gaps(records, 5, 100) == ["5-10 not-stopped"])
        #expect(try await gaps(records, 11, 100) == [])
        clock.advance(by: .seconds(10))
        try await run(log(records, allows: 1, clock)) {}
        #expect(try await gaps(records, 11, 100) == [])
    }

    @Test func `Neither who reads the log after its end nor what webhooks tell is a sign of a gap`() async throws {
        func tellOfUser() async throws {
            try await log(records, allows: 1, clock).append(
                AuditRecord(type: "user.created", time: clock.now, facts: ["source": "clerk"])
            )
        }
        // A webhook came before the log began.
        try await tellOfUser()
        try await run(log(records, allows: 1, clock)) {}
        clock.advance(by: .seconds(10))
        try await tellOfUser()
        try await log(records, allows: 1, clock).append(event: "audit.read", user: "operator")
        #expect(try await log(records, allows: 1, clock).redact(user: "operator") == 1)
        clock.advance(by: .seconds(10))
        try await run(log(records, allows: 1, clock)) {}
        #expect(try await gaps(records, 0, 100) == [])
        // A decision behind the end was not waited for by a log that runs.
        try await log(records, allows: 1, clock).append(event: "decision")
        let told = AuditLog(records, clock: clock.wall)
        for _ in 0..<300 {
            try await told.append(AuditRecord(type: "user.created", time: clock.now, facts: ["source": "clerk"]))
        }
        try await told.flush()
        clock.advance(by: .seconds(10))
        try await run(log(records, allows: 1, clock)) {}
        #expect(try await gaps(records, 0, 100) == ["20-30 not-stopped"])
    }
}
#endif
