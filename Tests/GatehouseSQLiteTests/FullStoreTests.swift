#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import HTTPTypes
import TestSupport
import Testing

struct FullStoreTests {
    @Test func `A store without room answers 503 at whatever page it ends, and loses nothing that was acknowledged`()
        async throws
    {
        let sender = try await ClerkSender()
        let used = try await sender.records.read { try Int.fetchOne($0.database, sql: "PRAGMA page_count") ?? 0 }
        var acknowledged: Set<String> = []
        var refused = 0
        // One page more each time: each write in turn finds no room.
        for extra in 0..<24 {
            try await sender.records.write { try $0.database.execute(sql: "PRAGMA max_page_count = \(used + extra)") }
            for part in 0..<4 {
                let id = "msg_\(extra)_\(part)"
                let data = ClerkSender.user(id, email: String(repeating: "x", count: 900), updated: 1)
                let reception = try await sender.send(ClerkSender.event("user.created", data, at: 1), id: id)
                switch reception {
                case .stored: acknowledged.insert(id)
                default:
                    #expect(reception.status == .serviceUnavailable)
                    refused += 1
                }
            }
        }
        #expect(refused > 0 && !acknowledged.isEmpty)
        let stored = try await sender.records.read { rows in
            Set(try rows.webhooks(in: nil, after: 0, limit: 1_000).map(\.id))
        }
        #expect(stored == acknowledged)
        let verifier = sender.records.audit.verifier
        let verified = try await sender.records.read { try $0.verifyAudit(of: "gatehouse", by: verifier) }
        #expect(verified.isWhole && verified.records == acknowledged.count)
        try await sender.records.write { try $0.database.execute(sql: "PRAGMA max_page_count = 1000000") }
        let again = ClerkSender.event("user.created", ClerkSender.user("later", updated: 1), at: 1)
        #expect(try await sender.send(again, id: "later") == .stored)
    }

    @Test func `A file that was moved away takes no more writes`() async throws {
        let sender = try await ClerkSender()
        try FileManager.default.moveItem(atPath: sender.folder.database, toPath: sender.folder.file("moved.db"))
        let event = ClerkSender.event("user.created", ClerkSender.user("u", updated: 1), at: 1)
        #expect(try await sender.send(event, id: "m").status == .serviceUnavailable)
    }
}
#endif
