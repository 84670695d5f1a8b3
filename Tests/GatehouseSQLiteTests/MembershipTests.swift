#if SQLite
import GRDB
import GatehouseBase
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import Testing

struct MembershipTests {
    @Test func `Assigned roles keep the rules of every membership store`() async throws {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.file())
        let violations = await MembershipConformance.violations(
            of: records.memberships(issuer: "https://i"),
            issuer: "https://i"
        )
        #expect(violations == [])
    }

    @Test func `Names that GRDB would cut at a NUL are told apart`() async throws {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.file())
        let store = records.memberships(issuer: "i")
        try await store.assign("admin", to: Member("a\0b", in: "o", issuer: "i"))
        #expect(try await store.membership(of: Member("a", in: "o", issuer: "i"))?.roles == [])
        #expect(try await store.membership(of: Member("a\0b", in: "o", issuer: "i"))?.roles == ["admin"])
    }

    @Test func `Another database, and a store of another version, are refused`() async throws {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.file())
        try await records.write { try $0.database.execute(sql: "UPDATE gatehouse_state SET version = 99") }
        let error = await #expect(throws: RecordStoreError.self) { try await SQLiteRecords(path: folder.file()) }
        #expect(error?.code == .unusable)
        let missing = await #expect(throws: RecordStoreError.self) {
            try await SQLiteRecords(path: folder.file("none.db"), isReadOnly: true)
        }
        #expect(missing?.message.contains("none.db") == true)
    }

    @Test func `The writer of the file writes through`() async throws {
        let folder = try TemporaryFolder()
        let records = try await SQLiteRecords(path: folder.file())
        #expect(try await records.synchronousLevel() == 2)
    }
}
#endif
