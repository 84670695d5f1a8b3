package import GatehouseBase

/// A row of a store's server or file, by the numbers of its columns. All stores have equal columns for records.
package protocol StoredRow {
    /// Returns the text of a column, as it was written.
    func name(_ column: Int) throws -> String
    /// Returns the text of a column; `nil` for `NULL`.
    func name(ifAny column: Int) throws -> String?
    func integer(_ column: Int) throws -> Int64
    func integer(ifAny column: Int) throws -> Int64?
    func bool(_ column: Int) throws -> Bool
    /// Returns the bytes of a column; empty for `NULL`.
    func bytes(_ column: Int) throws -> [UInt8]
    /// Returns the error about a column with another value than was written.
    static func corrupt(_ column: Int) -> RecordStoreError
}

extension StoredRow {
    func corrupt(_ column: Int) -> RecordStoreError { Self.corrupt(column) }

    /// Returns a name from a key, in which there is no `NULL`: `nil` for an empty text, and otherwise the text after its first character.
    package func name(ofKey column: Int) throws -> String? {
        let key = try name(column)
        return key.isEmpty ? nil : String(Substring(key.utf8.dropFirst()))
    }

    /// Returns a time in milliseconds.
    package func time(_ column: Int) throws -> Timestamp { Timestamp(clampingMilliseconds: try integer(column)) }

    package func time(ifAny column: Int) throws -> Timestamp? {
        try integer(ifAny: column).map { Timestamp(clampingMilliseconds: $0) }
    }

    /// Returns an instant from two columns; `nil` for `NULL`.
    package func instant(_ column: Int) throws -> Timestamp? {
        guard let seconds = try integer(ifAny: column) else { return nil }
        guard let nanoseconds = Int32(exactly: try integer(column + 1)),
            let instant = Timestamp(seconds: seconds, nanoseconds: nanoseconds)
        else { throw corrupt(column) }
        return instant
    }

    /// Returns a JSON object from a column; empty for `NULL`.
    func json(_ column: Int) throws -> JSONValue {
        guard let text = try name(ifAny: column) else { return [:] }
        guard let document = try? JSONDocument(parsing: Array(text.utf8), maximumDepth: 512) else {
            throw corrupt(column)
        }
        return JSONValue(document.root)
    }
}
