#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

/// Whoever removes records can also write that they were removed because their time was over.
struct SealedLogTests {
    private static let count = 9

    /// A forger's change beside removing records and moving the seal.
    enum Forgery: String, CaseIterable, Sendable {
        case sealAlone, sealAndNoCheckpoints, recordAsWell
    }

    private func log(in folder: TemporaryFolder, _ clock: ManualClock) async throws -> SQLiteRecords {
        let records = try await SQLiteRecords(
            path: folder.database,
            audit: AuditLog.Configuration(durable: true, checkpointInterval: 3, retention: .seconds(300)),
            clock: clock.wall
        )
        for index in 0..<Self.count {
            clock.advance(by: .seconds(60))
            try await records.audit.append(event: "test.event", user: "user_\(index)")
        }
        return records
    }

    private func verified(_ records: SQLiteRecords) async throws -> AuditVerification {
        let verifier = records.audit.verifier
        return try await records.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }
    }

    /// Removes the records before a place, and sets the seal there.
    private func seal(_ records: SQLiteRecords, at place: Int64) async throws {
        let all = try await records.read { try $0.auditRows(AuditQuery(), after: 0, limit: 100) }
        try await records.write { rows in
            var head = try #require(try rows.auditHead(of: "gatehouse"))
            var seal = head.sealed ?? AuditSeal(hash: [UInt8](repeating: 0, count: 32), tree: MerkleFrontier())
            for row in all where row.sequence < place && row.sequence >= seal.tree.size {
                seal.hash = row.hash
                try seal.tree.append(leafHash: row.hash)
            }
            head.sealed = seal
            try rows.setAuditHead(head)
            try rows.removeAuditRows(of: "gatehouse", before: place)
        }
    }

    @Test(arguments: Forgery.allCases, 1...9)
    func `A seal that no record and no checkpoint vouch for is damage`(_ forgery: Forgery, _ place: Int) async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock(ClerkSender.start)
        let records = try await log(in: folder, clock)
        try await seal(records, at: Int64(place))
        var isEmpty = place == Self.count
        switch forgery {
        case .sealAlone: break
        case .sealAndNoCheckpoints:
            try await records.write { try $0.database.execute(sql: "DELETE FROM gatehouse_audit_checkpoints") }
        case .recordAsWell:
            // He can hash, and has not the key.
            try await records.write { try $0.database.execute(sql: "DELETE FROM gatehouse_audit_checkpoints") }
            let log = AuditLog(records, configuration: .init(durable: true), clock: clock.wall)
            try await log.append(
                AuditRecord(
                    type: "audit.sealed",
                    time: clock.now,
                    facts: ["size": .number(JSONNumber(place)), "records": .number(JSONNumber(place))]
                )
            )
            isEmpty = false
        }
        let result = try await verified(records)
        #expect(result.damage == (isEmpty ? .truncation : .deletion))
        #expect(result.firstBad == 0)
    }

    @Test func `A true seal verifies again and again, and one that was moved behind it does not`() async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock(ClerkSender.start)
        let records = try await log(in: folder, clock)
        #expect(try await records.audit.removeExpired() == 3)
        #expect(try await verified(records).isWhole)
        clock.advance(by: .seconds(120))
        #expect(try await records.audit.removeExpired() == 2)
        try await records.audit.append(event: "later")
        _ = try await records.audit.checkpoint()
        let whole = try await verified(records)
        #expect(whole.isWhole, "\(whole)")
        try await seal(records, at: 8)
        let moved = try await verified(records)
        #expect(moved.damage == .deletion && moved.firstBad == 5, "\(moved)")
    }

    @Test func `A log that was removed whole, with its seal at the end, is truncated`() async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock(ClerkSender.start)
        let records = try await log(in: folder, clock)
        _ = try await records.audit.removeExpired()
        try await seal(records, at: 10)
        let result = try await verified(records)
        #expect(result.damage == .truncation && result.records == 0, "\(result)")
    }
}
#endif
