#if SQLite
import GRDB
import GatehouseRecords

/// The tables. Times are milliseconds since 1970; those of the audit log are nanoseconds. An optional name within a key is empty for
/// none, else `=` and the name.
enum Schema {
    /// Stores of another version are refused.
    static let version = 1

    private static let state = """
        CREATE TABLE gatehouse_state (version INTEGER NOT NULL, revision INTEGER NOT NULL);
        INSERT INTO gatehouse_state VALUES (\(version), 0);
        """

    /// Makes the tables where there are none. An application's own tables may stand in the same file.
    ///
    /// - Throws: ``RecordStoreError`` with the code `unusable` for a store of another version.
    static func prepare(_ database: Database, path: String) throws {
        guard try database.tableExists("gatehouse_state") else {
            try database.execute(sql: [webhooks, directory, audit, state].joined(separator: "\n"))
            return
        }
        try require(database, path: path)
    }

    /// Refuses a database that is no store.
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
