#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseRecords

extension SQLiteTransaction {
    /// Returns a page of rows in the order of the bytes of their column `id`.
    ///
    /// A text with a NUL is a blob (``SQLText``), and SQLite sorts blobs after all texts. For that reason texts and blobs are read
    /// separately by the index, and merged.
    ///
    /// - Parameters:
    ///   - select: The statement up to its last condition.
    ///   - arguments: The values of its parameters.
    ///   - after: The id before the first row; `nil` for a page from the first row on.
    ///   - limit: The largest number of rows.
    ///   - id: The id of a value that `make` makes from a row.
    func page<Value>(
        _ select: String,
        _ arguments: [(any DatabaseValueConvertible)?],
        after: String?,
        limit: Int,
        id: (Value) -> String,
        _ make: (Row) throws -> Value
    ) throws -> [Value] {
        let cursor = after ?? ""
        // A text without a NUL follows a cursor if it follows the part before the cursor's first NUL.
        let prefix = String(Substring(cursor.utf8.prefix { $0 != 0 }))
        let texts = try rows(
            "\(select) AND id \(after == nil ? ">=" : ">") ? AND id < x'' ORDER BY id LIMIT ?",
            StatementArguments(arguments + [prefix, limit]),
            make
        )
        let blobs = try rows(
            "\(select) AND id >= x'' AND id > ? ORDER BY id LIMIT ?",
            StatementArguments(arguments + [Data(cursor.utf8), limit]),
            make
        )
        if blobs.isEmpty { return texts }
        return Array((texts + blobs).sorted { id($0).precedesByBytes(id($1)) }.prefix(limit))
    }

    /// Returns the texts of a statement's only column, sorted by bytes.
    func names(_ sql: String) throws -> [String] {
        try rows(sql) { ByteText(try $0.text(0)) }.sorted().map(\.string)
    }
}
#endif
