#if PostgreSQL
package import GatehouseRecords

/// The form in which PostgreSQL stores a text, since `text` takes no NUL. U+0000 is written as U+0001 and `0`, and U+0001 as U+0001 and
/// `1`. By bytes, stored texts have the order of the original texts.
enum StoredName {
    static func stored(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 2 }) else { return text }
        let bytes = text.utf8.flatMap { byte -> [UInt8] in byte < 2 ? [1, UInt8(ascii: "0") + byte] : [byte] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns the original text; `nil` for a text that ``stored(_:)`` never returns.
    static func read(_ stored: String) -> String? {
        guard stored.utf8.contains(1) else { return stored }
        var bytes: [UInt8] = []
        var rest = stored.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == 1 else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0")?: bytes.append(0)
            case UInt8(ascii: "1")?: bytes.append(1)
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// The text as an argument of a statement.
    var sql: PostgreSQLValue { .text(StoredName.stored(self)) }
}

extension Optional<String> {
    /// The text as an argument of a statement; `NULL` for `nil`.
    var sql: PostgreSQLValue { map { $0.sql } ?? .null }

    /// The text as a part of a key; empty for `nil`, since `NULL` within a key equals nothing.
    var sqlKey: PostgreSQLValue { map { ("=" + $0).sql } ?? "" }
}

extension Optional<Int64> {
    var sql: PostgreSQLValue { map { .integer($0) } ?? .null }
}

extension PostgreSQLRow: StoredRow {
    package func name(_ column: Int) throws(RecordStoreError) -> String {
        guard let name = StoredName.read(try text(column)) else { throw Self.corrupt(column) }
        return name
    }

    package func name(ifAny column: Int) throws(RecordStoreError) -> String? {
        guard let text = try text(ifAny: column) else { return nil }
        guard let name = StoredName.read(text) else { throw Self.corrupt(column) }
        return name
    }

    package func bytes(_ column: Int) throws(RecordStoreError) -> [UInt8] { try bytes(ifAny: column) ?? [] }
}
#endif
