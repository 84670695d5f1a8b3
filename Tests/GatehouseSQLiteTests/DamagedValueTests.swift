#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

@testable import GatehouseRecords

/// SQLite keeps a value of any type in any column, and whoever changes a file writes what comes to mind.
struct DamagedValueTests {
    private static let count = 5
    private static let changes = [
        "facts = 'x'", "facts = replace(facts, 'n', 'm')", "facts = CAST(facts AS TEXT)", "facts = 7", "personal = 'x'",
        "personal = 1.5", "salt = 'x'", "commitment = 'x'", "previous = 'x'", "hash = 'x'", "hash = x''",
        "outcome = 7", "outcome = 'x'", "time = 'x'", "time = 1.5", "type = 7", "type = x'ff'",
        "organization = x'00ff'",
        "user = 5", "request = 'x'",
    ]

    private func log(in folder: TemporaryFolder) async throws -> SQLiteRecords {
        let records = try await SQLiteRecords(path: folder.database, audit: .init(durable: true))
        for index in 0..<Self.count {
            try await records.audit.append(
                AuditRecord(type: "test.event", time: ClerkSender.start, user: "user_\(index)", facts: ["n": "n"])
            )
        }
        return records
    }

    @Test(arguments: changes, 0..<count)
    func `A value of another type than was written is an edit of its record`(_ change: String, _ place: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        let records = try await log(in: folder)
        try await records.write {
            try $0.database.execute(
                sql: "UPDATE gatehouse_audit SET \(change) WHERE sequence = ?",
                arguments: [place]
            )
        }
        let verifier = records.audit.verifier
        let found = try await records.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }
        #expect(found.damage == .edit && found.firstBad == Int64(place), "\(found)")
        // Whoever asks something else of the log gets an answer all the same.
        let report = try await records.read { try AuditReport($0) }
        #expect(report.total == Self.count)
    }

    @Test(arguments: 0..<count) func `A record whose own hash was computed again is an edit, also the last one`(
        place: Int
    )
        async throws
    {
        let folder = try TemporaryFolder()
        let records = try await log(in: folder)
        let rows = try await records.read { try $0.auditRows(AuditQuery(), after: 0, limit: 10) }
        var row = rows[place]
        row.record.type = "another.event"
        let hash = try #require(AuditChain.hash(of: row))
        try await records.write {
            try $0.database.execute(
                sql: "UPDATE gatehouse_audit SET type = 'another.event', hash = ? WHERE sequence = ?",
                arguments: [Data(hash), place]
            )
        }
        let found = try await records.read { try $0.verifyAudit(of: "gatehouse") }
        #expect(found.damage == .edit && found.firstBad == Int64(place), "\(found)")
    }

    @Test(arguments: 0..<count) func `A log that was written anew from some record on, but for its head, is a fork`(
        place: Int
    )
        async throws
    {
        let folder = try TemporaryFolder()
        let records = try await log(in: folder)
        let rows = try await records.read { try $0.auditRows(AuditQuery(), after: 0, limit: 10) }
        try await records.write { stored in
            var previous = rows[place].previous
            for row in rows[place...] {
                var row = row
                if row.sequence == Int64(place) { row.record.type = "another.event" }
                row.previous = previous
                previous = try #require(AuditChain.hash(of: row))
                try stored.database.execute(
                    sql: "UPDATE gatehouse_audit SET type = ?, previous = ?, hash = ? WHERE sequence = ?",
                    arguments: [row.record.type, Data(row.previous), Data(previous), row.sequence]
                )
            }
        }
        let found = try await records.read { try $0.verifyAudit(of: "gatehouse") }
        #expect(found.damage == (place == Self.count - 1 ? .edit : .fork), "\(found)")
        #expect(found.firstBad == Int64(Self.count - 1))
    }

    @Test(arguments: 0...count) func `A chain whose head is gone is truncated, wherever it ends`(left: Int) async throws
    {
        let folder = try TemporaryFolder()
        let records = try await log(in: folder)
        let key = try #require(records.audit.verifier)
        let note = try #require(try await records.audit.checkpoint())
        try await records.write { rows in
            try rows.database.execute(sql: "DELETE FROM gatehouse_audit_heads")
            try rows.database.execute(sql: "DELETE FROM gatehouse_audit_checkpoints")
            try rows.database.execute(sql: "DELETE FROM gatehouse_audit WHERE sequence >= ?", arguments: [left])
        }
        let found = try await records.read { try $0.verifyAudit(of: "gatehouse", by: key) }
        // Of a chain that is gone whole nobody knows but who kept a checkpoint.
        #expect(found.damage == (left == 0 ? nil : .truncation), "\(found)")
        let noted = try await records.read { try $0.verifyAudit(of: "gatehouse", by: key, notes: [note + "\n"]) }
        #expect(noted.damage == .truncation && noted.firstBad == Int64(left), "\(noted)")
    }

    @Test func `A checkpoint of one chain says nothing about another, and one of no key is a bad signature`()
        async throws
    {
        let folder = try TemporaryFolder()
        let first = try await log(in: folder)
        let second = try await SQLiteRecords(path: folder.database, audit: .init(durable: true), auditWriter: "second")
        try await second.audit.append(event: "test.event")
        let note = try #require(try await first.audit.checkpoint())
        let (verifiers, forged) = (
            [first.audit.verifier, second.audit.verifier], note.replacing("gatehouse\n5", with: "gatehouse\n4")
        )
        #expect(forged != note)
        try await first.read { rows in
            for (writer, verifier) in zip(["gatehouse", "second"], verifiers) {
                #expect(try rows.verifyAudit(of: writer, by: verifier, notes: [note]).isWhole)
                #expect(try rows.verifyAudit(of: writer, notes: [note]).isWhole)
            }
            let found = try rows.verifyAudit(of: "gatehouse", by: verifiers[0], notes: [forged])
            #expect(found.damage == .signature)
        }
        #expect(Checkpoint.writer(ofNote: note, key: nil) == "gatehouse")
        #expect(Checkpoint.writer(ofNote: note, key: "gatehouse") == "gatehouse")
        #expect(Checkpoint.writer(ofNote: note, key: "other") == nil)
        #expect(Checkpoint.writer(ofNote: "no checkpoint", key: nil) == nil)
    }

    @Test func `A program that looks at a store makes no key where the server signs with one of its own`() async throws
    {
        let folder = try TemporaryFolder()
        let signer = try CheckpointSigner.random(name: "gatehouse")
        let server = try await SQLiteRecords(
            path: folder.database,
            audit: .init(durable: true),
            checkpointSigner: signer
        )
        try await server.audit.append(event: "test.event")
        _ = try await server.audit.checkpoint()
        let reader = try await SQLiteRecords(path: folder.database, makesCheckpointKey: false)
        try await reader.audit.append(event: "audit.read")
        try await reader.audit.flush()
        let kept = try await server.read { try $0.existingCheckpointSigner(name: "gatehouse") != nil }
        #expect(!kept)
        let found = try await server.read { try $0.verifyAudit(of: "gatehouse", by: signer.verifier) }
        #expect(found.isWhole && found.records == 2)
    }
}
#endif
