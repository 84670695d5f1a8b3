#if PostgreSQL
/// A statement and its arguments.
struct PostgreSQLStatement {
    let sql: String
    let arguments: [PostgreSQLValue]

    init(_ sql: String, _ arguments: [PostgreSQLValue] = []) {
        (self.sql, self.arguments) = (sql, arguments)
    }
}

/// A key of a prepared statement. One text with other types of arguments is another statement.
struct PreparedKey: Hashable {
    let sql: String
    let types: [UInt32]

    init(_ statement: PostgreSQLStatement) {
        (sql, types) = (statement.sql, statement.arguments.map(\.type))
    }
}
#endif
