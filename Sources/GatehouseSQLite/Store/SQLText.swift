#if SQLite
import Foundation
import GRDB
import GatehouseBase
import GatehouseRecords

/// A text as SQLite holds it byte for byte.
///
/// GRDB binds and reads a text up to its first NUL, so that a look-up of `a\0b` would find `a`. Such a text is bound as a blob: SQLite
/// takes no blob for a text.
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
    /// The text for a statement.
    var sql: SQLText { SQLText(self) }
}

extension Optional<String> {
    /// The text for a statement; `NULL` for none.
    var sql: SQLText? { map { SQLText($0) } }

    /// The text within a key, where `NULL` would equal nothing: empty for none.
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

    /// The text of a key: `nil` for none.
    func text(ofKey column: Int) throws -> String? {
        let key = try text(column)
        return key.isEmpty ? nil : String(Substring(key.utf8.dropFirst()))
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

    func bytes(_ column: Int) throws -> [UInt8] {
        let value: DatabaseValue = self[column]
        switch value.storage {
        case .blob(let bytes): return Array(bytes)
        case .null: return []
        case .int64, .double, .string: throw Self.corrupt(column)
        }
    }

    func time(ifAny column: Int) throws -> Timestamp? {
        try number(ifAny: column).map { Timestamp(clampingMilliseconds: $0) }
    }

    func time(_ column: Int) throws -> Timestamp { Timestamp(clampingMilliseconds: try number(column)) }

    /// An instant in two columns.
    func instant(_ column: Int) throws -> Timestamp? {
        guard let seconds = try number(ifAny: column) else { return nil }
        guard let nanoseconds = Int32(exactly: try number(column + 1)),
            let instant = Timestamp(seconds: seconds, nanoseconds: nanoseconds)
        else { throw Self.corrupt(column) }
        return instant
    }

    static func corrupt(_ column: Int) -> RecordStoreError {
        RecordStoreError(.corrupt, "column \(column) of a row has another type than it was written with")
    }
}
#endif
