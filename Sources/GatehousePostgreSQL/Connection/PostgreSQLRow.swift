#if PostgreSQL
import CPostgreSQL
public import GatehouseRecords

/// A row of a statement's result. Statements cast columns of other types than `text`, `bigint`, `integer`, `boolean` and `bytea` to text
/// (`created::text`).
public struct PostgreSQLRow: Sendable {
    /// The columns in PostgreSQL's binary form; `nil` for `NULL`.
    let columns: [[UInt8]?]

    /// Returns the text of a column; `nil` for `NULL`.
    public func text(ifAny column: Int) throws(RecordStoreError) -> String? {
        guard let bytes = try bytes(ifAny: column) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Self.corrupt(column) }
        return text
    }

    /// Returns the text of a column.
    public func text(_ column: Int) throws(RecordStoreError) -> String {
        guard let text = try text(ifAny: column) else { throw Self.corrupt(column) }
        return text
    }

    /// Returns the number of a column, of `smallint`, `integer` or `bigint`; `nil` for `NULL`.
    public func integer(ifAny column: Int) throws(RecordStoreError) -> Int64? {
        guard let bytes = try bytes(ifAny: column) else { return nil }
        guard [2, 4, 8].contains(bytes.count) else { throw Self.corrupt(column) }
        let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        switch bytes.count {
        case 2: return Int64(Int16(truncatingIfNeeded: bits))
        case 4: return Int64(Int32(truncatingIfNeeded: bits))
        default: return Int64(bitPattern: bits)
        }
    }

    /// Returns the number of a column.
    public func integer(_ column: Int) throws(RecordStoreError) -> Int64 {
        guard let number = try integer(ifAny: column) else { throw Self.corrupt(column) }
        return number
    }

    /// Returns the truth value of a column.
    public func bool(_ column: Int) throws(RecordStoreError) -> Bool {
        guard let bytes = try bytes(ifAny: column), bytes.count == 1 else { throw Self.corrupt(column) }
        return bytes[0] != 0
    }

    /// Returns the bytes of a column in PostgreSQL's binary form; `nil` for `NULL`.
    public func bytes(ifAny column: Int) throws(RecordStoreError) -> [UInt8]? {
        guard columns.indices.contains(column) else { throw Self.corrupt(column) }
        return columns[column]
    }

    package static func corrupt(_ column: Int) -> RecordStoreError {
        RecordStoreError(.corrupt, "column \(column) of a row has another type than it was written with")
    }
}
#endif
