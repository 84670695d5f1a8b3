#if PolicyFiles
package import GatehouseBase

/// A value of a document with its place: what the YAML and the JSON reader both give.
package struct DocumentNode: Sendable {
    /// How many mappings and sequences may stand in one another (contract, section 2).
    package static let maximumDepth = 64

    package enum Value: Sendable {
        case null
        case bool(Bool)
        case number(DocumentNumber)
        case string(String)
        case sequence([DocumentNode])
        case mapping([DocumentMember])
    }

    package var value: Value
    package var position: SourcePosition

    package init(value: Value, position: SourcePosition) {
        (self.value, self.position) = (value, position)
    }

    package var string: String? {
        if case .string(let string) = value { string } else { nil }
    }

    package var nonEmptyString: String? { string.flatMap { $0.isEmpty ? nil : $0 } }

    /// The name of this kind of value in messages.
    package var kind: String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// A key and its value.
package struct DocumentMember: Sendable {
    package var key: String
    package var keyPosition: SourcePosition
    package var value: DocumentNode
}

extension DocumentNode {
    /// The value as JSON, with null for each number that JSON does not have: an infinity or NaN, or one that is too long
    /// in octal or hexadecimal digits. Such a number is an error.
    ///
    /// Recursive, as deep as a document may nest.
    package func json(_ errors: inout [SyntaxError]) -> JSONValue {
        switch value {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .string(let value): return .string(value)
        case .number(let number):
            if let json = number.json { return .number(json) }
            errors.append(SyntaxError("this number is not supported here", at: position))
            return .null
        case .sequence(let elements):
            var values: [JSONValue] = []
            for element in elements { values.append(element.json(&errors)) }
            return .array(values)
        case .mapping(let members):
            var values: [JSONMember] = []
            for member in members { values.append(JSONMember(member.key, member.value.json(&errors))) }
            return .object(values)
        }
    }
}

/// A number of a document.
package struct DocumentNumber: Sendable, Hashable {
    /// The nearest double; an infinity or NaN where the text says so.
    package var double: Double
    /// The value, where it is written as an integer and fits.
    package var integer: Int?
    /// Exactly the number that is written; `nil` if JSON has no such number.
    package var json: JSONNumber?
}

/// The result of reading a text: the tree, and the faults of the text beside it.
package struct DocumentTree: Sendable {
    package var root: DocumentNode
    package var errors: [SyntaxError] = []
}

/// Why a text is not the document that it should be.
package struct SyntaxError: Error, Sendable, Hashable {
    package var message: String
    package var position: SourcePosition

    package init(_ message: String, at position: SourcePosition) {
        self.message = message
        self.position = position
    }
}
#endif
