#if SQLite
import GRDB
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

/// The counts of a period's report, and texts that others chose in its formats.
struct AuditReportTests {
    private static let start = ClerkSender.start

    private let folder: TemporaryFolder
    private let records: SQLiteRecords
    private let clock = ManualClock(AuditReportTests.start)

    init() async throws {
        folder = try TemporaryFolder()
        records = try await SQLiteRecords(path: folder.database, audit: .init(durable: true), clock: clock.wall)
    }

    private func time(_ seconds: Int) -> Timestamp { Self.start.advanced(by: .seconds(seconds)) }

    /// A user's state as a webhook tells of it.
    private func tell(_ type: String, of user: String, at seconds: Int, passwordChanged: Int?) async throws {
        var facts: JSONValue = ["source": "clerk"]
        if let passwordChanged {
            facts = ["source": "clerk", "passwordChanged": .string(time(passwordChanged).description)]
        }
        try await records.audit.append(AuditRecord(type: type, time: time(seconds), user: user, facts: facts))
    }

    private func changes(_ since: Int?, _ until: Int?) async throws -> Int {
        let (since, until) = (since.map { time($0) }, until.map { time($0) })
        return try await records.read { try AuditReport($0, since: since, until: until).passwordChanges }
    }

    @Test func `A changed password is counted once, in the period of its change`() async throws {
        try await tell("user.created", of: "a", at: 10, passwordChanged: 10)
        #expect(try await changes(nil, nil) == 0)
        // Another change of the user tells of the same password.
        try await tell("user.updated", of: "a", at: 20, passwordChanged: 10)
        #expect(try await changes(nil, nil) == 0)
        try await tell("user.updated", of: "a", at: 31, passwordChanged: 30)
        try await tell("user.updated", of: "a", at: 40, passwordChanged: 30)
        try await tell("user.updated", of: "b", at: 41, passwordChanged: 30)
        try await tell("user.updated", of: "c", at: 42, passwordChanged: nil)
        #expect(try await changes(nil, nil) == 2)
        // The period's begin is a part of it, and its end is not; an event after the end tells of a change before.
        for (since, until, expected) in [(30, 31, 2), (0, 30, 0), (30, 30, 0), (31, 100, 0), (29, 100, 2)] {
            #expect(try await changes(since, until) == expected, "\(since)..<\(until)")
        }
        #expect(try await records.audit.redact(user: "a") == 4)
        #expect(try await changes(nil, nil) == 2)
    }

    @Test func `Totals are of the period from its begin up to its end, and no others`() async throws {
        for second in 0..<10 {
            #expect(clock.now == time(second))
            try await records.audit.append(event: "sign_in.failed", user: "u")
            clock.advance(by: .seconds(1))
        }
        for (since, until, expected) in [(0, 10, 10), (3, 7, 4), (9, 9, 0), (9, nil, 1), (nil, 1, 1)]
            as [(Int?, Int?, Int)]
        {
            let (since, until) = (since.map { time($0) }, until.map { time($0) })
            let report = try await records.read { try AuditReport($0, since: since, until: until) }
            #expect(report.total == expected && report.failedSignIns == expected)
            #expect(report.events.count == expected)
            #expect(report.types.map(\.count).reduce(0, +) == expected)
        }
    }

    @Test(
        arguments: ["=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"]
    )
    func `No value of the CSV begins as a formula does`(sign: String) async throws {
        try await records.audit.append(event: sign + "1", user: sign + "cmd|' /C calc'!A0", organization: sign)
        let report = try await records.read { try AuditReport($0) }
        let fields = report.csv.split(separator: "\r\n", maxSplits: 1)[1]
            .split(separator: ",", omittingEmptySubsequences: false)
        for field in [fields[2], fields[4], fields[5]] {
            #expect(field.hasPrefix("'\(sign)") || field.hasPrefix("\"'\(sign)"), "\(field)")
        }
    }

    @Test func `What others chose is text in the HTML, and one line in the text`() async throws {
        let hostile = "\"><script>alert(1)</script>\u{202E}\u{1B}[2J\r\n&'"
        try await records.audit.append(event: hostile, user: hostile, organization: hostile)
        let report = try await records.read { try AuditReport($0) }
        #expect(!report.html.contains("<script"))
        for text in [report.html, report.text] {
            #expect(!text.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" || $0 == "\r" })
        }
        #expect(report.text.split(separator: "\n").filter { $0.contains("script") }.count == 2)
        let csv = report.csv
        #expect(csv.contains("\"\"\"><script>"))
    }

    @Test func `An event is listed also where very many decisions came behind it`() async throws {
        try await records.audit.append(event: "user.deleted", user: "u")
        let time = Self.start.nanosecondsSince1970
        try await records.write { rows in
            try rows.database.execute(
                sql: """
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20100)
                    INSERT INTO gatehouse_audit (writer, sequence, time, type, outcome, facts, commitment, previous, hash)
                    SELECT 'gatehouse', i, ?, 'decision', iif(i = 7, 2, 1), x'7b7d', x'', x'', x'' FROM n
                    """,
                arguments: [time]
            )
        }
        let until = self.time(1)
        let report = try await records.read { try AuditReport($0, until: until) }
        #expect(report.total == 20_101 && report.denials == 1)
        #expect(report.events.map(\.record.type) == ["user.deleted", "decision"])
    }

    @Test func `A redaction also empties the copies that the compliance endpoint took`() async throws {
        let notice = StoredWebhook(
            source: "compliance",
            id: "sent",
            type: "test.event",
            object: nil,
            user: "u",
            received: Self.start,
            body: Array("personal".utf8),
            state: .done
        )
        _ = try await records.write { try $0.insert(notice) }
        try await records.audit.append(event: "test.event", user: "u")
        #expect(try await records.audit.redact(user: "u") == 1)
        let kept = try await records.read { try $0.webhook(source: "compliance", id: "sent") }
        #expect(kept?.body == [] && kept?.user == nil)
    }
}
#endif
