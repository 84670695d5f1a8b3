/// A JSON text (RFC 8259) that was read strictly: unique member names, valid UTF-8, no byte-order mark, no lone
/// surrogate, no trailing comma or content, bounded depth.
///
/// It keeps the bytes and a flat list of what stands where, so that reading a token allocates a handful of times
/// and a string is made only for a member that is asked for.
package final class JSONDocument: Sendable {
    /// The text.
    package let bytes: [UInt8]
    /// The contents of the strings with escapes, one after another.
    let unescaped: [UInt8]
    /// Every value, each before its children: an object is followed by name, value, name, value, …
    let entries: [JSONEntry]

    /// Reads a whole text.
    ///
    /// - Parameter maximumDepth: how many arrays and objects may stand in one another.
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

    /// This document without room to spare, for whoever keeps it.
    package func trimmed() -> JSONDocument {
        JSONDocument(
            bytes: bytes.withoutSpareCapacity,
            unescaped: unescaped.withoutSpareCapacity,
            entries: entries.withoutSpareCapacity
        )
    }

    /// The memory that the document takes, once it is trimmed.
    package var byteCount: Int {
        HeapMemory.instance(3 * MemoryLayout<[UInt8]>.stride) + HeapMemory.array(bytes) + HeapMemory.array(unescaped)
            + HeapMemory.array(entries)
    }

    /// The value that the text is.
    package var root: JSONNode { JSONNode(document: self, index: 0) }

    /// The index of the value of the member with this name, of the object at `index`. Nothing is retained from member to
    /// member: a token is asked for a dozen names.
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
        // Both, since an array that is chosen first is retained.
        unescaped.withUnsafeBufferPointer { unescaped in
            bytes.withUnsafeBufferPointer { bytes in
                let buffer = entry.isEscaped ? unescaped : bytes
                return body(UnsafeBufferPointer(rebasing: buffer[Int(entry.start)..<Int(entry.end)]))
            }
        }
    }
}

/// The place of one value.
struct JSONEntry: Sendable {
    enum Kind: UInt8, Sendable { case null, `false`, `true`, number, string, array, object }

    var kind: Kind
    /// True if the content lies in `unescaped` instead of `bytes`.
    var isEscaped = false
    /// The start of the value in the text.
    var offset: UInt32
    /// The content: digits of a number, bytes of a string.
    var start: UInt32 = 0
    var end: UInt32 = 0
    /// The index behind the value and all its children.
    var next: UInt32
}
