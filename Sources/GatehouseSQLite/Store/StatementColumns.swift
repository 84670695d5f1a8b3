#if SQLite
import GRDB
import GRDBSQLite

/// The columns of a statement's row, read from SQLite itself. Rows of the audit log are many, and GRDB's rows copy each value twice.
struct StatementColumns {
    private let statement: SQLiteStatement

    init(_ statement: Statement) {
        self.statement = statement.sqliteStatement
    }

    func number(_ column: Int32) throws -> Int64 {
        guard sqlite3_column_type(statement, column) == SQLITE_INTEGER else { throw Row.corrupt(Int(column)) }
        return sqlite3_column_int64(statement, column)
    }

    /// A text, also one that is bound as a blob (``SQLText``).
    func text(_ column: Int32) throws -> String {
        guard let text = try text(ifAny: column) else { throw Row.corrupt(Int(column)) }
        return text
    }

    func text(ifAny column: Int32) throws -> String? {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return nil
        case SQLITE_TEXT, SQLITE_BLOB: return withBytes(column) { String(decoding: $0, as: UTF8.self) }
        default: throw Row.corrupt(Int(column))
        }
    }

    /// A blob; none for NULL.
    func bytes(_ column: Int32) throws -> [UInt8] {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return []
        case SQLITE_BLOB: return withBytes(column) { Array($0) }
        default: throw Row.corrupt(Int(column))
        }
    }

    private func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        // The address first, then the number of bytes (sqlite.org/c3ref/column_blob.html).
        let address = sqlite3_column_blob(statement, column)
        return body(UnsafeRawBufferPointer(start: address, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
#endif
