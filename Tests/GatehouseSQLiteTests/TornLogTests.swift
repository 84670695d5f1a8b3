#if SQLite
import Foundation
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import Testing

/// What a power cut may leave of SQLite's log: a part of the last transaction.
struct TornLogTests {
    /// Every byte in the long tests.
    private static let step = ProcessInfo.processInfo.environment["GATEHOUSE_EVERY_BYTE"] == nil ? 61 : 1

    @Test func `Wherever the last transaction is torn, the log opens, verifies, and goes on`() async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock(ClerkSender.start)
        let configuration = AuditLog.Configuration(durable: true)
        let records = try await SQLiteRecords(path: folder.file(), audit: configuration, clock: clock.wall)
        for number in 0..<5 { try await records.audit.append(event: "test.event", user: "user_\(number)") }
        let before = try Data(contentsOf: URL(filePath: folder.file() + "-wal")).count
        try await records.audit.append(event: "test.event", user: "last")
        let log = try Data(contentsOf: URL(filePath: folder.file() + "-wal"))
        let database = try Data(contentsOf: URL(filePath: folder.file()))
        try #require(log.count > before)
        for length in Array(stride(from: before, to: log.count, by: Self.step)) + [log.count - 1, log.count] {
            let torn = try TemporaryFolder()
            try database.write(to: URL(filePath: torn.file()))
            try log.prefix(length).write(to: URL(filePath: torn.file() + "-wal"))
            let opened = try await SQLiteRecords(path: torn.file(), audit: configuration, clock: clock.wall)
            let verifier = opened.audit.verifier
            let verified = try await opened.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }
            #expect(verified.isWhole, "\(length): \(verified)")
            #expect(verified.records == (length == log.count ? 6 : 5), "\(length)")
            try await opened.audit.append(event: "test.event", user: "next")
            let after = try await opened.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }
            #expect(after.isWhole, "\(length): \(after)")
        }
    }
}
#endif
