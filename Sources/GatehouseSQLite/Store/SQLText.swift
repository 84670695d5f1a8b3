#if SQLite
import Foundation
package import GRDB
import GatehouseBase
package import GatehouseRecords

/// A text that SQLite stores byte for byte.
///
/// GRDB binds and reads a text up to its first NUL, so that a look-up of `a\0b` would find `a`. For that reason a text with a NUL is bound
/// as a blob. SQLite never takes a blob for a text.
struct SQLText: DatabaseValueConvertible, Sendable {
    let string: String

    init(_ string: String) {
        self.string = string
    }

    var databaseValue: DatabaseValue {
        string.utf8.contains(0) ? Data(string.utf8).databaseValue : string.databaseValue
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> SQLText? {
        switch value.storage {
        case .string(let text): SQLText(text)
        case .blob(let bytes): SQLText(String(decoding: bytes, as: UTF8.self))
        case .null, .int64, .double: nil
        }
    }
}

extension String {
    /// The text as an argument of a statement.
    var sql: SQLText { SQLText(self) }
}

extension Optional<String> {
    /// The text as an argument of a statement; `NULL` for `nil`.
    var sql: SQLText? { map { SQLText($0) } }

    /// The text as a part of a key; empty for `nil`, since `NULL` within a key equals nothing.
    var sqlKey: SQLText { SQLText(map { "=" + $0 } ?? "") }
}

extension Row {
    func text(_ column: Int) throws -> String {
        guard let text = try text(ifAny: column) else { throw Self.corrupt(column) }
        return text
    }

    func text(ifAny column: Int) throws -> String? {
        let value: DatabaseValue = self[column]
        if value.isNull { return nil }
        guard let text = SQLText.fromDatabaseValue(value) else { throw Self.corrupt(column) }
        return text.string
    }

    func number(_ column: Int) throws -> Int64 {
        guard let number = try number(ifAny: column) else { throw Self.corrupt(column) }
        return number
    }

    func number(ifAny column: Int) throws -> Int64? {
        let value: DatabaseValue = self[column]
        switch value.storage {
        case .null: return nil
        case .int64(let number): return number
        case .double, .string, .blob: throw Self.corrupt(column)
        }
    }

    func flag(_ column: Int) throws -> Bool { try number(column) != 0 }

    package func bytes(_ column: Int) throws -> [UInt8] {
        let value: DatabaseValue = self[column]
        switch value.storage {
        case .blob(let bytes): return Array(bytes)
        case .null: return []
        case .int64, .double, .string: throw Self.corrupt(column)
        }
    }

    package static func corrupt(_ column: Int) -> RecordStoreError {
        RecordStoreError(.corrupt, "column \(column) of a row has another type than it was written with")
    }
}

extension Row: StoredRow {
    package func name(_ column: Int) throws -> String { try text(column) }
    package func name(ifAny column: Int) throws -> String? { try text(ifAny: column) }
    package func integer(_ column: Int) throws -> Int64 { try number(column) }
    package func integer(ifAny column: Int) throws -> Int64? { try number(ifAny: column) }
    package func bool(_ column: Int) throws -> Bool { try flag(column) }
}
#endif
