#if SQLite
import Foundation
import GatehouseSQLite
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
}
#endif
