#if SQLite
import GRDB
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import TestSupport
import Testing

struct MembershipTests {
    @Test func `Assigned roles keep the rules of every membership store`() async throws {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.database)
        let violations = await MembershipConformance.violations(
            of: records.memberships(issuer: "https://i"),
            issuer: "https://i"
        )
        #expect(violations == [])
    }

    @Test func `Names that GRDB would cut at a NUL are told apart`() async throws {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.database)
        let store = records.memberships(issuer: "i")
        try await store.assign("admin", to: Member("a\0b", in: "o", issuer: "i"))
        #expect(try await store.membership(of: Member("a", in: "o", issuer: "i"))?.roles == [])
        #expect(try await store.membership(of: Member("a\0b", in: "o", issuer: "i"))?.roles == ["admin"])
    }

    @Test(arguments: ["user.deleted", "organization.deleted", "erasure"])
    func `A role that was assigned here ends with its user or organization, and is not assigned again`(_ end: String)
        async throws
    {
        let sender = try await ClerkSender()
        let store = sender.records.memberships(issuer: ClerkSender.issuer)
        let member = Member("u", in: "o", issuer: ClerkSender.issuer)
        let others = [
            Member("other", in: "p", issuer: ClerkSender.issuer), Member("u", in: "o", issuer: "https://other.example"),
        ]
        for holder in [member] + others { try await store.assign("org:admin", to: holder) }
        sender.clock.advance(by: .seconds(1))
        let now = sender.clock.now
        switch end {
        case "erasure":
            let erased = try await sender.records.write { try $0.erase(user: "u", source: "clerk", now: now) }
            #expect(erased.isKnown)
        default:
            let id: JSONValue = end == "user.deleted" ? "u" : "o"
            let event = ClerkSender.event(end, ["id": id, "deleted": true], at: Int(now.milliseconds))
            #expect(try await sender.send(event, id: "d") == .stored)
        }
        let held = try await sender.records.read { rows in
            try ([member] + others).map { try rows.recordedRoles(of: $0).count }
        }
        // A person is erased of every issuer.
        #expect(held == [0, 1, end == "erasure" ? 0 : 1])
        let past = try await sender.records.read {
            try $0.recordedRoles(issuer: ClerkSender.issuer, at: ClerkSender.start)
        }
        #expect(past.count == 2)
        let error = await #expect(throws: RecordStoreError.self) { try await store.assign("org:member", to: member) }
        #expect(error?.code == .invalidValue)
        let authorizer = Authorizer(engine: try PolicyEngine(Policy()), memberships: store, issuer: ClerkSender.issuer)
        let refused = await #expect(throws: AuthorizerError.self) {
            try await authorizer.assign("org:member", to: member)
        }
        #expect(refused?.code == .changeRefused)
    }

    @Test func `Another database, and a store of another version, are refused`() async throws {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.database)
        try await records.write { try $0.database.execute(sql: "UPDATE gatehouse_state SET version = 99") }
        let error = await #expect(throws: RecordStoreError.self) { try await SQLiteRecords(path: folder.database) }
        #expect(error?.code == .unusable)
        let missing = await #expect(throws: RecordStoreError.self) {
            try await SQLiteRecords(path: folder.file("none.db"), isReadOnly: true)
        }
        #expect(missing?.message.contains("none.db") == true)
    }

    @Test func `The writer of the file writes through`() async throws {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.database)
        #expect(try await records.synchronousLevel() == 2)
    }
}
#endif
