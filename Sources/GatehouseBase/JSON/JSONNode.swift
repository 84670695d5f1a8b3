/// A value of a ``JSONDocument``.
package struct JSONNode: Sendable {
    package let document: JSONDocument
    let index: Int

    private var entry: JSONEntry { document.entries[index] }

    /// Returns this value of the document without spare capacity.
    package func trimmed() -> JSONNode { JSONNode(document: document.trimmed(), index: index) }

    /// The kind of the value.
    package enum Kind: Sendable { case null, bool, number, string, array, object }

    package var kind: Kind {
        switch entry.kind {
        case .null: .null
        case .false, .true: .bool
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// The start of the value in the text, in bytes from 0.
    package var offset: Int { Int(entry.offset) }

    /// The start of the value in the text, as a line and a column.
    package var position: SourcePosition { SourcePosition(offset: offset, in: document.bytes) }

    package var isNull: Bool { entry.kind == .null }

    package var bool: Bool? {
        switch entry.kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    package var string: String? {
        guard entry.kind == .string else { return nil }
        return content { String(decoding: $0, as: UTF8.self) }
    }

    /// The number as the text has it; `nil` for another kind.
    package var number: JSONNumber? {
        guard entry.kind == .number else { return nil }
        return JSONNumber(unchecked: content { String(decoding: $0, as: UTF8.self) })
    }

    /// Returns true if this value is a string with exactly these bytes.
    package func isString(_ text: StaticString) -> Bool {
        guard entry.kind == .string else { return false }
        return content { bytes in
            bytes.hasSameBytes(as: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
    }

    // The overload is disfavored, since otherwise a literal would become a `String`.
    /// Returns true if this value is a string with exactly these bytes, or with bytes that differ only in the case of ASCII letters.
    @_disfavoredOverload
    package func isString(_ text: String, ignoringASCIICase: Bool = false) -> Bool {
        guard entry.kind == .string else { return false }
        return content { bytes in
            text.withUTF8Bytes {
                ignoringASCIICase ? bytes.hasSameASCIIFoldedBytes(as: $0) : bytes.hasSameBytes(as: $0)
            }
        }
    }

    /// The number as the nearest double; `nil` for another kind and for an infinite double.
    package var double: Double? {
        guard entry.kind == .number else { return nil }
        return content { $0.wholeNumber.map { Double($0) } } ?? number?.double
    }

    /// The number of bytes that ``content(_:)`` passes.
    package var contentByteCount: Int { Int(entry.end - entry.start) }

    /// Calls `body` with the bytes of a string (escapes resolved) or of a number, and with no bytes for any other kind.
    package func content<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        document.content(of: entry, body)
    }

    /// Returns the value of the member with exactly this name; `nil` if this value is not an object with such a member.
    package func member(_ name: StaticString) -> JSONNode? {
        member(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// Returns the value of the member with exactly this name; `nil` if this value is not an object with such a member.
    @_disfavoredOverload
    package func member(_ name: String) -> JSONNode? {
        name.withUTF8Bytes { member($0) }
    }

    private func member(_ name: UnsafeBufferPointer<UInt8>) -> JSONNode? {
        document.member(name, of: index).map { JSONNode(document: document, index: $0) }
    }

    /// The members of an object in the order of the text; empty for any other kind.
    package var members: JSONMembers { JSONMembers(of: self, end: end(of: .object)) }

    /// The elements of an array in the order of the text; empty for any other kind.
    package var elements: JSONElements { JSONElements(of: self, end: end(of: .array)) }

    private func end(of kind: JSONEntry.Kind) -> Int {
        entry.kind == kind ? Int(entry.next) : index + 1
    }
}

/// The members of a JSON object.
package struct JSONMembers: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var index: Int
    private let end: Int

    fileprivate init(of node: JSONNode, end: Int) {
        document = node.document
        index = node.index + 1
        self.end = end
    }

    package mutating func next() -> (name: JSONNode, value: JSONNode)? {
        guard index < end else { return nil }
        let name = index
        index = Int(document.entries[name + 1].next)
        return (JSONNode(document: document, index: name), JSONNode(document: document, index: name + 1))
    }
}

/// The elements of a JSON array.
package struct JSONElements: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var index: Int
    private let end: Int

    fileprivate init(of node: JSONNode, end: Int) {
        document = node.document
        index = node.index + 1
        self.end = end
    }

    package mutating func next() -> JSONNode? {
        guard index < end else { return nil }
        defer { index = Int(document.entries[index].next) }
        return JSONNode(document: document, index: index)
    }
}
