#if SQLite
import Foundation
import GRDB
import GatehouseRecords
import GatehouseSQLite
import TestSupport
import Testing

struct FileModeTests {
    @Test func `A new store is readable by its owner alone, and an existing file keeps its mode`() async throws {
        let folder = try TemporaryFolder()
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        let new = folder.file("new.db")
        let records = try await SQLiteRecords(path: new)
        #expect(try mode(new) == 0o600)
        #expect(try mode(new + "-wal") == 0o600)
        withExtendedLifetime(records) {}

        let old = folder.file("old.db")
        #expect(FileManager.default.createFile(atPath: old, contents: nil, attributes: [.posixPermissions: 0o640]))
        _ = try await SQLiteRecords(path: old)
        #expect(try mode(old) == 0o640)
    }

    @Test func `A copy on a medium that takes no files is read as it is, and not without its newest changes`()
        async throws
    {
        let folder = try TemporaryFolder()
        let path = folder.file("store.db")
        let records = try await SQLiteRecords(path: path, audit: .init(durable: true))
        for _ in 0..<3 { try await records.audit.append(event: "test.event") }
        try await DatabaseQueue(path: path).writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        // A name that is full of what an address escapes; SQLite's own file cannot be made beside it.
        let copy = folder.file("a copy?immutable=0#%41.db")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        try FileManager.default.createSymbolicLink(atPath: copy + "-shm", withDestinationPath: "/nowhere/to/be/found")
        let read = try await SQLiteRecords(path: copy, isReadOnly: true)
        let found = try await read.read { try $0.verifyAudit(of: "gatehouse") }
        #expect(found.isWhole && found.records == 3)
        try Data("newest changes".utf8).write(to: URL(filePath: copy + "-wal"))
        let error = await #expect(throws: RecordStoreError.self) {
            try await SQLiteRecords(path: copy, isReadOnly: true)
        }
        #expect(error?.code == .unavailable && error?.message.contains("-wal") == true, "\(String(describing: error))")
    }
}
#endif
