#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import GatehouseTokens
import HTTPTypes
import TestSupport
import Testing

/// The code of the guide “Keep your database in step”, compiled and run.
struct KeepYourDatabaseInStepTests {
    private static let source = URL(filePath: #filePath)
    private static let guide = source.appending(
        path: "../../../Sources/GatehouseRecords/GatehouseRecords.docc/KeepYourDatabaseInStep.md"
    ).standardized

    @Test func `Every block of Swift in the guide stands in this file`() throws {
        /// The formatter breaks lines otherwise here.
        func lines(_ text: String) -> String { text.filter { !$0.isWhitespace } }
        let own = lines(try String(contentsOf: Self.source, encoding: .utf8))
        let blocks = try String(contentsOf: Self.guide, encoding: .utf8).components(separatedBy: "```swift\n")
            .dropFirst()
        #expect(blocks.count == 3)
        for block in blocks {
            let code = lines(block.components(separatedBy: "```")[0])
            #expect(own.contains(code), "\(code)")
        }
    }

    @Test func `An application's table follows created, updated and deleted users`() async throws {
        let sender = try await ClerkSender()
        let (records, webhooks) = (sender.records, sender.webhooks)
        try await records.write { rows in
            try rows.database.execute(sql: "CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, email TEXT)")
        }

        webhooks.on(.userCreated) { event, database in
            try database.execute(
                sql: "INSERT INTO users VALUES (?, ?)",
                arguments: [event.data.id, event.data.primaryEmail]
            )
        }
        webhooks.on(.userUpdated) { event, database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO users VALUES (?, ?)",
                arguments: [event.data.id, event.data.primaryEmail]
            )
        }
        webhooks.on(.userDeleted) { event, database in
            try database.execute(sql: "DELETE FROM users WHERE id = ?", arguments: [event.data.id])
        }
        func send(_ type: String, _ data: JSONValue, _ time: Int) async throws -> [String] {
            _ = try await sender.send(ClerkSender.event(type, data, at: time), id: "m\(time)")
            while try await webhooks.processDue() > 0 {}
            return try await records.read { try String.fetchAll($0.database, sql: "SELECT email FROM users") }
        }
        #expect(try await send("user.created", ClerkSender.user("u", updated: 1), 1) == ["a@example.com"])
        let changed = ClerkSender.user("u", email: "b@example.com", updated: 2)
        #expect(try await send("user.updated", changed, 2) == ["b@example.com"])
        #expect(try await send("user.deleted", ["id": "u", "deleted": true], 3) == [])
    }

    @Test func `The directory answers checks, asks Clerk for whom it has never seen, and is repaired`() async throws {
        let folder = try TemporaryFolder()
        let issuer = ClerkSender.issuer
        // The first events are seen before the resync begins.
        let records = try await SQLiteRecords(path: folder.database, clock: ManualClock(ClerkSender.start).wall)
        let engine = try PolicyEngine(Policy(roles: [Role("org:member", grants: ["docs:read"])]))
        let list = #"{"data":[],"total_count":0}"#
        let answers = [
            #"{"id":"u","updated_at":5,"created_at":5}"#,
            #"""
            {"data":[{"id":"mem_1","role":"org:member","created_at":5,"updated_at":5,"organization":{"id":"org_1"},
            "public_user_data":{"user_id":"u"}}],"total_count":1}
            """#,
            #"{"total_count":1}"#, list, list, #"[{"id":"u","updated_at":5,"created_at":5}]"#, "[]", list,
            list,
        ].map { body in
            InMemoryTransport.Answer.success(
                HTTPTransportResponse(status: .ok, headerFields: [:], body: Array(body.utf8))
            )
        }
        let clerk = try ClerkClient(
            secretKey: ClerkSecretKey("sk_test_x"),
            transport: InMemoryTransport(answers: answers)
        )
        let directory = ClerkDirectoryBackend(clerk).answering(within: .seconds(3))
        let memberships = records.memberships(issuer: issuer, backend: directory)
        let discovery = DirectoryDiscovery(records, issuer: issuer, backend: directory)
        let authorizer = Authorizer(
            engine: engine,
            memberships: DirectoryMemberships(memberships, maximumLag: .seconds(60)),
            store: memberships,
            issuer: issuer,
            marks: records.marks,
            observers: [records.audit, discovery]
        )
        #expect(try await authorizer.isAllowed(organization: "org_1", user: "u", permission: "docs:read"))
        let drift = try await DirectoryResync(records, from: clerk, authorizer: authorizer).run()
        print("\(drift.compared) compared, \(drift.count) differed")
        #expect(drift.compared == 1 && drift.differences.map(\.id) == ["mem_1"])
        #expect(try await !authorizer.isAllowed(organization: "org_1", user: "u", permission: "docs:read"))
    }
}
#endif
