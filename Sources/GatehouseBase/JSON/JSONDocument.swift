/// A JSON text (RFC 8259) that was read strictly. Member names are unique, the UTF-8 is valid, and the depth is bounded. A byte-order mark,
/// a lone surrogate, a trailing comma and trailing content are errors.
///
/// The document keeps the bytes and a flat list of the positions of all values. Reading a token thus needs only a handful of allocations,
/// and a string is made only for a member that is asked for.
package final class JSONDocument: Sendable {
    /// The text.
    package let bytes: [UInt8]
    /// The contents of all strings with escapes, one after another.
    let unescaped: [UInt8]
    /// The values, each before its children. After an object come its members as name, value, name, value, …
    let entries: [JSONEntry]

    /// Reads a whole text.
    ///
    /// - Parameter maximumDepth: The largest depth to which arrays and objects may nest.
    package init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) {
        var scanner = JSONScanner(count: bytes.count, maximumDepth: maximumDepth)
        let error: JSONError? = bytes.withUnsafeBufferPointer { input in
            do throws(JSONError) {
                try scanner.scan(input)
                return nil
            } catch {
                return error
            }
        }
        if let error { throw error }
        self.bytes = bytes
        unescaped = scanner.unescaped
        entries = scanner.entries
    }

    private init(bytes: [UInt8], unescaped: [UInt8], entries: [JSONEntry]) {
        (self.bytes, self.unescaped, self.entries) = (bytes, unescaped, entries)
    }

    /// Returns this document without spare capacity, for storage.
    package func trimmed() -> JSONDocument {
        JSONDocument(
            bytes: bytes.withoutSpareCapacity,
            unescaped: unescaped.withoutSpareCapacity,
            entries: entries.withoutSpareCapacity
        )
    }

    /// The memory of the document without spare capacity, in bytes.
    package var byteCount: Int {
        HeapMemory.instance(3 * MemoryLayout<[UInt8]>.stride) + HeapMemory.array(bytes) + HeapMemory.array(unescaped)
            + HeapMemory.array(entries)
    }

    /// The outermost value of the text.
    package var root: JSONNode { JSONNode(document: self, index: 0) }

    /// Returns the index of the value of the member with this name, in the object at `index`. The search retains no array for each member,
    /// since the readers of a token ask for a dozen names.
    func member(_ name: UnsafeBufferPointer<UInt8>, of index: Int) -> Int? {
        entries.withUnsafeBufferPointer { entries in
            bytes.withUnsafeBufferPointer { bytes in
                guard entries[index].kind == .object else { return nil }
                let end = Int(entries[index].next)
                var candidate = index + 1
                while candidate < end {
                    let entry = entries[candidate]
                    if Int(entry.end - entry.start) == name.count, self.entry(entry, in: bytes, says: name) {
                        return candidate + 1
                    }
                    candidate = Int(entries[candidate + 1].next)
                }
                return nil
            }
        }
    }

    private func entry(
        _ entry: JSONEntry,
        in bytes: UnsafeBufferPointer<UInt8>,
        says name: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard !entry.isEscaped else { return content(of: entry) { $0.hasSameBytes(as: name) } }
        return UnsafeBufferPointer(rebasing: bytes[Int(entry.start)..<Int(entry.end)]).hasSameBytes(as: name)
    }

    /// Calls `body` with the bytes of a string (escapes resolved) or of a number.
    func content<Result>(of entry: JSONEntry, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        // Both arrays are opened, since an array that is chosen first would be retained.
        unescaped.withUnsafeBufferPointer { unescaped in
            bytes.withUnsafeBufferPointer { bytes in
                let buffer = entry.isEscaped ? unescaped : bytes
                return body(UnsafeBufferPointer(rebasing: buffer[Int(entry.start)..<Int(entry.end)]))
            }
        }
    }
}

/// The kind and the position of a value.
struct JSONEntry: Sendable {
    enum Kind: UInt8, Sendable { case null, `false`, `true`, number, string, array, object }

    var kind: Kind
    /// True if the content is in `unescaped` instead of `bytes`.
    var isEscaped = false
    /// The start of the value in the text.
    var offset: UInt32
    /// The start of the content: the digits of a number, or the bytes of a string.
    var start: UInt32 = 0
    var end: UInt32 = 0
    /// The index behind the value and all its children.
    var next: UInt32
}
