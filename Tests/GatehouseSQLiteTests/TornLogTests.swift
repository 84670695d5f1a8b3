#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

/// A power cut may leave a part of the last transaction in SQLite's log.
struct TornLogTests {
    @Test func `At whatever byte the last transaction is torn, the log opens, verifies, and goes on`() async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock(ClerkSender.start)
        let configuration = AuditLog.Configuration(durable: true)
        // Small pages: fewer bytes to tear.
        try await DatabaseQueue(path: folder.database).writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA page_size = 512; CREATE TABLE small (pages INTEGER)")
        }
        let records = try await SQLiteRecords(path: folder.database, audit: configuration, clock: clock.wall)
        for number in 0..<5 { try await records.audit.append(event: "test.event", user: "user_\(number)") }
        let before = try Data(contentsOf: URL(filePath: folder.database + "-wal")).count
        try await records.audit.append(event: "test.event", user: "last")
        let log = try Data(contentsOf: URL(filePath: folder.database + "-wal"))
        let database = try Data(contentsOf: URL(filePath: folder.database))
        try #require(log.count > before)
        // Each byte of the end, which holds the commit; further ahead each eighth.
        let end = max(before, log.count - 1_100)
        for length in Array(stride(from: before, to: end, by: 8)) + Array(end...log.count) {
            let torn = try TemporaryFolder()
            try database.write(to: URL(filePath: torn.database))
            try log.prefix(length).write(to: URL(filePath: torn.database + "-wal"))
            let opened = try await SQLiteRecords(path: torn.database, audit: configuration, clock: clock.wall)
            let verifier = opened.audit.verifier
            let verified = try await opened.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }
            #expect(verified.isWhole, "\(length): \(verified)")
            #expect(verified.records == (length == log.count ? 6 : 5), "\(length)")
            guard length % 16 == 0 || length >= log.count - 1 else { continue }
            try await opened.audit.append(event: "test.event", user: "next")
            let after = try await opened.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }
            #expect(after.isWhole, "\(length): \(after)")
        }
    }
}
#endif
