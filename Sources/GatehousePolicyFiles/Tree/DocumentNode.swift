#if PolicyFiles
package import GatehouseBase

/// A value of a document with its position. The YAML reader and the JSON reader both make such nodes.
package struct DocumentNode: Sendable {
    /// The largest depth to which mappings and sequences may nest (contract, section 2).
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
    /// Returns the value as JSON. A number that JSON does not have is null and an error: an infinity, a NaN, or a number with too many
    /// octal or hexadecimal digits.
    ///
    /// The method is recursive, to the depth to which a document may nest.
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
    /// The nearest double, which may be an infinity or a NaN.
    package var double: Double
    /// The value of an integer; `nil` for another number and for an integer that does not fit.
    package var integer: Int?
    /// The number exactly as written; `nil` if JSON has no such number.
    package var json: JSONNumber?
}

/// The tree of a text, and the faults of the text.
package struct DocumentTree: Sendable {
    package var root: DocumentNode
    package var errors: [SyntaxError] = []
}

/// An error about a text that is not a valid document.
package struct SyntaxError: Error, Sendable, Hashable {
    package var message: String
    package var position: SourcePosition

    package init(_ message: String, at position: SourcePosition) {
        self.message = message
        self.position = position
    }
}
#endif
