#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import SeededGenerator
import TestSupport
import Testing

/// A process that takes webhooks and writes audit records is killed at random moments, again and again, on one file.
struct KilledProcessTests {
    private static let child = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
        path: "RecordsChild"
    )
    private static let rounds = ProcessInfo.processInfo.environment["GATEHOUSE_KILLS"].flatMap { Int($0) } ?? 20

    @Test func `Whatever was acknowledged is there, took effect once, and the log verifies`() async throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 34)
        var acknowledged: Set<String> = []
        for round in 0..<Self.rounds {
            let lines = try Self.run(folder.database, round, killAfter: Int.random(in: 1...200, using: &generator))
            acknowledged.formUnion(lines)
            let records = try await SQLiteRecords(path: folder.database)
            let verifier = records.audit.verifier
            let verified = try await records.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }
            #expect(verified.isWhole, "round \(round): \(verified)")
        }
        let records = try await SQLiteRecords(path: folder.database)
        let sender = try await ClerkSender(in: folder)
        sender.webhooks.on(.userCreated) { event, database in
            try database.execute(sql: "INSERT INTO effects VALUES (?)", arguments: [event.data.id])
        }
        // Those whose lease the killed process held are due when it is over.
        sender.clock.step(to: WallClock.system.now().advanced(by: .seconds(3_600)))
        while try await sender.webhooks.processDue() > 0 {}
        let (webhooks, effects, users) = try await records.read { rows in
            (
                Set(
                    try String.fetchAll(
                        rows.database,
                        sql: "SELECT 'webhook ' || substr(id, 5) FROM gatehouse_webhooks"
                    )
                ),
                try String.fetchAll(rows.database, sql: "SELECT id FROM effects"),
                Set(
                    try String.fetchAll(
                        rows.database,
                        sql: "SELECT 'audit ' || user FROM gatehouse_audit WHERE type = 'test.event'"
                    )
                )
            )
        }
        #expect(acknowledged.count > Self.rounds)
        #expect(acknowledged.subtracting(webhooks).subtracting(users) == [])
        #expect(Set(effects).count == effects.count)
        #expect(Set(effects.map { "webhook " + $0.dropFirst("user_".count) }) == webhooks)
    }

    /// Starts the child, kills it after so many lines, and gives the whole lines that it printed.
    private static func run(_ path: String, _ round: Int, killAfter count: Int) throws -> [String] {
        let program = try RunningProgram([child.path, path, "\(round)"])
        var lines: [String] = []
        while lines.count < count, let line = program.output.next() { lines.append(line) }
        program.send(SIGKILL)
        program.waitUntilExit()
        while let line = program.output.next() { lines.append(line) }
        return lines
    }
}
#endif
