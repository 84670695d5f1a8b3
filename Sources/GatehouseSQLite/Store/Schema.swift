#if SQLite
import GRDB
import GatehouseRecords

/// The tables of a store. Times are milliseconds since 1970, and in the audit log nanoseconds. An optional name within a key is empty for
/// `nil`, and otherwise `=` and the name.
enum Schema {
    /// The version of the tables. A store of another version is refused.
    static let version = 1

    private static let state = """
        CREATE TABLE gatehouse_state (version INTEGER NOT NULL, revision INTEGER NOT NULL);
        INSERT INTO gatehouse_state VALUES (\(version), 0);
        """

    /// Makes the tables, unless they exist. An application may have its own tables in the same file.
    ///
    /// - Throws: ``RecordStoreError`` with the code `unusable` for a store of another version.
    static func prepare(_ database: Database, path: String) throws {
        guard try database.tableExists("gatehouse_state") else {
            try database.execute(sql: [webhooks, directory, audit, state].joined(separator: "\n"))
            return
        }
        try require(database, path: path)
    }

    /// Refuses a database that is not a store.
    ///
    /// - Throws: ``RecordStoreError`` with the code `unusable` for another database, and for a store of another version.
    static func require(_ database: Database, path: String) throws {
        guard try database.tableExists("gatehouse_state") else {
            throw RecordStoreError(.unusable, "\(path) holds no records of Gatehouse")
        }
        let version = try Int.fetchOne(database, sql: "SELECT version FROM gatehouse_state")
        guard version == Self.version else {
            throw RecordStoreError(
                .unusable,
                "\(path) is a store of version \(version ?? 0), and this program knows version \(Self.version)"
            )
        }
    }
}
#endif
