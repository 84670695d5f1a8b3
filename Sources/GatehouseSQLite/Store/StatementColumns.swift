#if SQLite
import GRDB
import GRDBSQLite

/// The columns of a statement's row, which are read directly from SQLite. The audit log has many rows, and GRDB's rows copy each value
/// twice.
///
/// SQLite converts a value of another type than was written. The conversion is noted, and the verification of the log then names the
/// record.
struct StatementColumns {
    private let statement: SQLiteStatement
    /// True if every value that was read has its original type.
    private(set) var areWhole = true

    init(_ statement: Statement) {
        self.statement = statement.sqliteStatement
    }

    mutating func number(_ column: Int32) -> Int64 {
        if sqlite3_column_type(statement, column) != SQLITE_INTEGER { areWhole = false }
        return sqlite3_column_int64(statement, column)
    }

    /// Returns a text, even if it is stored as a blob (``SQLText``).
    mutating func text(_ column: Int32) -> String {
        if let text = text(ifAny: column) { return text }
        areWhole = false
        return ""
    }

    mutating func text(ifAny column: Int32) -> String? {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return nil
        case SQLITE_TEXT, SQLITE_BLOB: break
        default: areWhole = false
        }
        return withBytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// Returns a blob; empty for NULL.
    mutating func bytes(_ column: Int32) -> [UInt8] {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return []
        case SQLITE_BLOB: break
        default: areWhole = false
        }
        return withBytes(column) { Array($0) }
    }

    private func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        // The address must be read before the number of bytes (sqlite.org/c3ref/column_blob.html).
        let address = sqlite3_column_blob(statement, column)
        return body(UnsafeRawBufferPointer(start: address, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
#endif
