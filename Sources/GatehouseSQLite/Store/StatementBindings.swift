#if SQLite
import GRDB
import GRDBSQLite

/// The parameters of a statement, which are bound directly in SQLite, one after another. The audit log has many rows.
struct StatementBindings {
    private let statement: SQLiteStatement
    private var next: Int32 = 1
    private var code = SQLITE_OK
    /// The destructor that makes SQLite copy the bytes. The cast is safe: SQLITE_TRANSIENT is a pointer of -1, which SQLite compares and
    /// never calls.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ statement: Statement) {
        self.statement = statement.sqliteStatement
        sqlite3_reset(self.statement)
    }

    mutating func bind(_ number: Int64) { note(sqlite3_bind_int64(statement, next, number)) }

    /// Binds a text; `NULL` for `nil`. A text with a NUL is bound as a blob, as ``SQLText`` is.
    mutating func bind(_ text: String?) {
        guard var text else { return note(sqlite3_bind_null(statement, next)) }
        let code = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                // An empty text has no address, but must not become NULL.
                guard let address = characters.baseAddress else {
                    return sqlite3_bind_text(statement, next, "", 0, nil)
                }
                let count = Int32(clamping: characters.count)
                return characters.contains(0)
                    ? sqlite3_bind_blob(statement, next, address, count, Self.transient)
                    : sqlite3_bind_text(statement, next, address, count, Self.transient)
            }
        }
        note(code)
    }

    /// Binds a blob; `NULL` for `nil`.
    mutating func bind(_ bytes: [UInt8]?) {
        guard let bytes else { return note(sqlite3_bind_null(statement, next)) }
        let code = bytes.withUnsafeBytes { buffer in
            guard let address = buffer.baseAddress, !buffer.isEmpty else {
                return sqlite3_bind_zeroblob(statement, next, 0)
            }
            return sqlite3_bind_blob(statement, next, address, Int32(clamping: buffer.count), Self.transient)
        }
        note(code)
    }

    private mutating func note(_ code: Int32) {
        next += 1
        if self.code == SQLITE_OK { self.code = code }
    }

    /// Runs the statement, which returns no rows.
    func run() throws {
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        let code = sqlite3_step(statement)
        let message = code == SQLITE_DONE ? nil : String(cString: sqlite3_errmsg(sqlite3_db_handle(statement)))
        sqlite3_reset(statement)
        if code != SQLITE_DONE { throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message) }
    }
}
#endif
