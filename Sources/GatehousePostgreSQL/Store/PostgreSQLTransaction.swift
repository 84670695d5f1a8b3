#if PostgreSQL
public import GatehouseRecords

/// The rows of a PostgreSQL store within a transaction.
public struct PostgreSQLTransaction: RecordTransaction {
    /// The access to the database. An application writes its own tables through it in the same transaction.
    public let database: PostgreSQLDatabase

    init(_ database: PostgreSQLDatabase) {
        self.database = database
    }

    public func savepoint<Result>(_ body: () throws -> Result) throws -> Result { try database.savepoint(body) }

    /// Writes a row, in place of a row with the same key.
    func put(_ table: String, key: [String], columns: [String], _ values: [PostgreSQLValue]) throws {
        let names = (key + columns).joined(separator: ", ")
        let places = (1...values.count).map { "$\($0)" }.joined(separator: ", ")
        let changes = columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        try database.executeLater(
            """
            INSERT INTO \(table) (\(names)) VALUES (\(places))
            ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(changes)
            """,
            values
        )
    }
}
#endif
