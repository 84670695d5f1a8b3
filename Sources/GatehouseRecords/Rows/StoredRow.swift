package import GatehouseBase

/// A row as a store's server or file gives it, by the numbers of its columns. All stores keep what the records are made of in the same way.
package protocol StoredRow {
    /// Returns the text of a column, as it was written.
    func name(_ column: Int) throws -> String
    /// Returns the text of a column; `nil` for none.
    func name(ifAny column: Int) throws -> String?
    func integer(_ column: Int) throws -> Int64
    func integer(ifAny column: Int) throws -> Int64?
    func bool(_ column: Int) throws -> Bool
    /// Returns the bytes of a column; empty for none.
    func bytes(_ column: Int) throws -> [UInt8]
    /// Returns the error of a column that holds something else than was written.
    static func corrupt(_ column: Int) -> RecordStoreError
}

extension StoredRow {
    func corrupt(_ column: Int) -> RecordStoreError { Self.corrupt(column) }

    /// Returns the name of a key, within which there is no `NULL`: `nil` for an empty text, else what follows its first character.
    package func name(ofKey column: Int) throws -> String? {
        let key = try name(column)
        return key.isEmpty ? nil : String(Substring(key.utf8.dropFirst()))
    }

    /// Returns a time in milliseconds.
    package func time(_ column: Int) throws -> Timestamp { Timestamp(clampingMilliseconds: try integer(column)) }

    package func time(ifAny column: Int) throws -> Timestamp? {
        try integer(ifAny: column).map { Timestamp(clampingMilliseconds: $0) }
    }

    /// Returns an instant in two columns; `nil` for none.
    package func instant(_ column: Int) throws -> Timestamp? {
        guard let seconds = try integer(ifAny: column) else { return nil }
        guard let nanoseconds = Int32(exactly: try integer(column + 1)),
            let instant = Timestamp(seconds: seconds, nanoseconds: nanoseconds)
        else { throw corrupt(column) }
        return instant
    }

    /// Returns a JSON object in a column; empty for none.
    func json(_ column: Int) throws -> JSONValue {
        guard let text = try name(ifAny: column) else { return [:] }
        guard let document = try? JSONDocument(parsing: Array(text.utf8), maximumDepth: 512) else {
            throw corrupt(column)
        }
        return JSONValue(document.root)
    }
}
