#if SQLite
import Foundation
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import Synchronization
import Testing

struct BacklogTests {
    private static let count = ProcessInfo.processInfo.environment["GATEHOUSE_BACKLOG"].flatMap { Int($0) } ?? 20_000

    @Test func `A backlog drains, each event once, in memory that does not grow with it`() async throws {
        let sender = try await ClerkSender()
        let effects = Mutex(0)
        sender.webhooks.on(.userCreated) { _, _ in effects.withLock { $0 += 1 } }
        for start in stride(from: 0, to: Self.count, by: 64) {
            try await withThrowingTaskGroup { group in
                for number in start..<min(start + 64, Self.count) {
                    group.addTask {
                        let data = ClerkSender.user("user_\(number)", updated: 1)
                        let reception = try await sender.send(
                            ClerkSender.event("user.created", data, at: 1),
                            id: "msg_\(number)"
                        )
                        #expect(reception == .stored)
                    }
                }
                try await group.waitForAll()
            }
        }
        for _ in 0..<16 { try await sender.webhooks.processDue() }
        let before = Self.residentMegabytes()
        while try await sender.webhooks.processDue() > 0 {}
        #expect(effects.withLock { $0 } == Self.count)
        let pending = try await sender.records.read { try $0.webhooks(in: .pending, after: 0, limit: 1) }
        #expect(pending == [])
        #expect(Self.residentMegabytes() - before < 64)
    }

    /// The memory that the process holds; 0 where the system does not say.
    private static func residentMegabytes() -> Int {
        let parts = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return (parts?.dropFirst().first.flatMap { Int($0) } ?? 0) * 4_096 / 1_048_576
    }
}
#endif
