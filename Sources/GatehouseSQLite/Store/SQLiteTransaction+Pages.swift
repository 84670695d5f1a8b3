#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseRecords

extension SQLiteTransaction {
    /// Returns a page of rows by the bytes of their column `id`.
    ///
    /// A text with a NUL is a blob (``SQLText``), and SQLite puts blobs behind all texts: both are asked for by the index, and merged.
    ///
    /// - Parameters:
    ///   - select: The statement up to its last condition.
    ///   - arguments: The values of its parameters.
    ///   - after: Only rows behind this id; `nil` from the first on.
    ///   - limit: The greatest number of rows.
    ///   - id: The id of what `make` makes of a row.
    func page<Value>(
        _ select: String,
        _ arguments: [(any DatabaseValueConvertible)?],
        after: String?,
        limit: Int,
        id: (Value) -> String,
        _ make: (Row) throws -> Value
    ) throws -> [Value] {
        let cursor = after ?? ""
        // A text without a NUL is behind a cursor if it is behind the part before the cursor's first NUL.
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

    /// Returns the texts of a statement's only column, sorted by their bytes.
    func names(_ sql: String) throws -> [String] {
        try rows(sql) { ByteText(try $0.text(0)) }.sorted().map(\.string)
    }
}
#endif
