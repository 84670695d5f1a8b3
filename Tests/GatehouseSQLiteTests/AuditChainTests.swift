#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

struct AuditChainTests {
    private static let count = 9

    /// A log of a few records, with a checkpoint after each third.
    private func log(
        in folder: TemporaryFolder,
        clock: ManualClock = ManualClock(ClerkSender.start)
    ) async throws -> SQLiteRecords {
        let records = try await SQLiteRecords(
            path: folder.database,
            audit: AuditLog.Configuration(durable: true, checkpointInterval: 3),
            clock: clock.wall
        )
        for index in 0..<Self.count {
            clock.advance(by: .seconds(60))
            try await records.audit.append(
                event: "sign_in.failed",
                user: "user_\(index % 3)",
                organization: "org_1",
                metadata: ["n": .number(JSONNumber(index))],
                address: "192.0.2.\(index)"
            )
        }
        return records
    }

    private func verified(_ records: SQLiteRecords, notes: [String] = []) async throws -> AuditVerification {
        let verifier = records.audit.verifier
        return try await records.read { try $0.verifyAudit(of: "gatehouse", by: verifier, notes: notes) }
    }

    @Test func `An untouched log verifies, also after a restart, a redaction and the removal of old records`()
        async throws
    {
        let folder = try TemporaryFolder()
        let clock = ManualClock(ClerkSender.start)
        let records = try await log(in: folder, clock: clock)
        let whole = try await verified(records)
        #expect(whole.isWhole && whole.records == Self.count)
        #expect(try await records.audit.redact(user: "user_1") == 3)
        let redacted = try await verified(records)
        #expect(redacted.isWhole && redacted.records == Self.count + 1)
        let left = try await records.read { try $0.auditRows(AuditQuery(user: "user_1"), after: 0, limit: 10) }
        #expect(left == [])
        let file = try Data(contentsOf: URL(filePath: folder.database))
        _ = file
        let again = try await SQLiteRecords(
            path: folder.database,
            audit: AuditLog.Configuration(durable: true, retention: .seconds(300)),
            clock: clock.wall
        )
        #expect(again.audit.verifier == records.audit.verifier)
        try await again.audit.append(event: "later")
        #expect(try await verified(again).isWhole)
        #expect(try await again.audit.removeExpired() == 3)
        let sealed = try await verified(again)
        #expect(sealed.isWhole)
    }

    @Test(arguments: [20_000, Int.max - 20])
    func `Records that claim a place far behind the end are damage, and end nothing`(distance: Int) async throws {
        let folder = try TemporaryFolder()
        let records = try await log(in: folder)
        try await change(records, "UPDATE gatehouse_audit SET sequence = ? + 1 WHERE sequence = 3", distance)
        try await change(records, "UPDATE gatehouse_audit SET sequence = ? WHERE sequence = 4", distance)
        #expect(try await verified(records).isWhole == false)
    }

    /// A change of the file, and the fault that must be found.
    enum Tampering: String, CaseIterable, Sendable {
        case edit, editOfPersonalData, deletion, insertion, reordering, truncation, quietTruncation, rewriting,
            forgedSignature

        var damage: AuditVerification.Damage {
            switch self {
            case .edit, .editOfPersonalData: .edit
            case .deletion: .deletion
            case .insertion: .insertion
            case .reordering: .reordering
            case .truncation, .quietTruncation: .truncation
            case .rewriting: .fork
            case .forgedSignature: .signature
            }
        }
    }

    @Test(arguments: Tampering.allCases, 0..<9)
    func `Damage of each kind at each place is found and named`(_ tampering: Tampering, _ place: Int) async throws {
        let folder = try TemporaryFolder()
        let records = try await log(in: folder)
        let note = try #require(try await records.audit.checkpoint())
        var expected = Int64(place)
        switch tampering {
        case .edit:
            try await change(records, "UPDATE gatehouse_audit SET type = 'x' WHERE sequence = ?", place)
        case .editOfPersonalData:
            try await change(records, "UPDATE gatehouse_audit SET user = 'x' WHERE sequence = ?", place)
        case .deletion:
            guard place < Self.count - 1 else { return }
            try await change(records, "DELETE FROM gatehouse_audit WHERE sequence = ?", place)
        case .insertion:
            try await change(
                records,
                """
                INSERT INTO gatehouse_audit (writer, sequence, time, type, outcome, organization, request, user, facts,
                    personal, salt, commitment, previous, hash)
                SELECT writer, sequence, time, type, outcome, organization, request, user, facts, personal, salt,
                    commitment, previous, hash FROM gatehouse_audit WHERE sequence = ?
                """,
                place
            )
        case .reordering:
            guard place < Self.count - 1 else { return }
            try await change(records, "UPDATE gatehouse_audit SET sequence = -1 WHERE sequence = ?", place)
            try await change(
                records,
                "UPDATE gatehouse_audit SET sequence = sequence - 1 WHERE sequence = ?",
                place + 1
            )
            try await change(records, "UPDATE gatehouse_audit SET sequence = ? + 1 WHERE sequence = -1", place)
        case .truncation:
            try await change(records, "DELETE FROM gatehouse_audit WHERE sequence >= ?", place)
        case .quietTruncation:
            // Whoever cuts the log off can also set its head back and remove the checkpoints; a copy of one shows it.
            try await change(records, "DELETE FROM gatehouse_audit WHERE sequence >= ?", place)
            try await change(records, "DELETE FROM gatehouse_audit_heads WHERE ? >= 0", place)
            try await change(records, "DELETE FROM gatehouse_audit_checkpoints WHERE ? >= 0", place)
        case .rewriting:
            // The whole log is written anew, with another record at the place; its hashes hold.
            let rows = try await records.read { try $0.auditRows(AuditQuery(), after: 0, limit: 100) }
            try await records.write { rows in
                for table in ["gatehouse_audit", "gatehouse_audit_heads"] {
                    try rows.database.execute(sql: "DELETE FROM \(table)")
                }
            }
            for (index, row) in rows.enumerated() {
                var record = row.record
                if index == place { record.user = "somebody else" }
                try await records.audit.append(record)
            }
            // And signed anew with the key that the file keeps: a copy of a checkpoint shows it.
            expected = Int64(Self.count)
        case .forgedSignature:
            let size = (place / 3 + 1) * 3
            try await records.write { rows in
                try rows.database.execute(
                    sql:
                        "UPDATE gatehouse_audit_checkpoints SET note = replace(note, '\u{2014} gatehouse ', '\u{2014} gatehouse A') WHERE size = ?",
                    arguments: [size]
                )
            }
            expected = Int64(size)
        }
        let result = try await verified(
            records,
            notes: [.quietTruncation, .rewriting].contains(tampering) ? [note] : []
        )
        #expect(result.damage == tampering.damage)
        #expect(result.firstBad == expected)
    }

    private func change(_ records: SQLiteRecords, _ sql: String, _ place: Int) async throws {
        try await records.write { try $0.database.execute(sql: sql, arguments: [place]) }
    }

    @Test func `A checkpoint is a signed note as C2SP has it, and another key's is refused`() async throws {
        let signer = try CheckpointSigner(name: "log.example", seed: [UInt8](repeating: 7, count: 32))
        let checkpoint = Checkpoint(origin: "log.example/a", size: 5, root: [UInt8](repeating: 1, count: 32))
        let note = try signer.note(checkpoint)
        #expect(
            note.hasPrefix("log.example/a\n5\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n\n\u{2014} log.example ")
        )
        #expect(signer.verifier.checkpoint(in: note) == checkpoint)
        #expect(CheckpointVerifier(signer.verifier.description) == signer.verifier)
        let other = try CheckpointSigner(name: "log.example", seed: [UInt8](repeating: 8, count: 32))
        #expect(other.verifier.checkpoint(in: note) == nil)
        #expect(signer.verifier.checkpoint(in: note.replacing("\n5\n", with: "\n6\n")) == nil)
        #expect(!"\(signer)".contains("BwcH"))
    }

    @Test func `The report counts what happened, and says what it cannot know`() async throws {
        let folder = try TemporaryFolder()
        let records = try await log(in: folder)
        try await records.audit.append(event: "user.deleted", user: "<script>")
        let report = try await records.read { try AuditReport($0) }
        #expect(report.failedSignIns == Self.count)
        #expect(report.total == Self.count + 1)
        #expect(report.types.map(\.name) == ["sign_in.failed", "user.deleted"])
        #expect(report.limits.contains { $0.contains("Clerk tells of failed sign-ins nowhere") })
        #expect(report.html.contains("&lt;script&gt;") && !report.html.contains("<script>"))
        #expect(report.csv.split(separator: "\r\n").count == Self.count + 2)
        #expect(report.json["failedSignIns"]?["count"] == .number(JSONNumber(Self.count)))
        let later = try await records.read { try AuditReport($0, since: ClerkSender.start.advanced(by: .seconds(541))) }
        #expect(later.total == 0)
    }
}
#endif
