#if PolicyFiles
import GatehouseBase

/// A reader of JSON documents, which uses the strict scanner of tokens.
enum JSONReader {
    static func read(_ bytes: [UInt8]) throws(SyntaxError) -> DocumentTree {
        do throws(JSONError) {
            let document = try JSONDocument(parsing: bytes, maximumDepth: DocumentNode.maximumDepth)
            var cursor = PositionCursor(bytes)
            return DocumentTree(root: node(document.root, &cursor))
        } catch {
            throw SyntaxError(error.message, at: SourcePosition(offset: error.offset, in: bytes))
        }
    }

    /// Makes the tree of a JSON value. The method is recursive, to the depth that the scanner allows.
    private static func node(_ json: JSONNode, _ cursor: inout PositionCursor) -> DocumentNode {
        let position = cursor.position(at: json.offset)
        let value: DocumentNode.Value =
            switch json.kind {
            case .null: .null
            case .bool: .bool(json.bool == true)
            case .number: .number(number(json))
            case .string: .string(json.string ?? "")
            case .array: .sequence(json.elements.map { node($0, &cursor) })
            case .object:
                .mapping(
                    json.members.map { name, value in
                        let keyPosition = cursor.position(at: name.offset)
                        return DocumentMember(
                            key: name.string ?? "",
                            keyPosition: keyPosition,
                            value: node(value, &cursor)
                        )
                    }
                )
            }
        return DocumentNode(value: value, position: position)
    }

    private static func number(_ json: JSONNode) -> DocumentNumber {
        // Most numbers are short and whole. They need no text.
        if let whole = json.content({ $0.wholeNumber }) {
            return DocumentNumber(double: Double(whole), integer: whole, json: JSONNumber(whole))
        }
        return DocumentNumber(double: json.number?.double ?? .infinity, integer: json.number?.int, json: json.number)
    }
}

/// A cursor that turns offsets into positions in one pass. Each offset must be at or after the previous offset.
private struct PositionCursor {
    private let bytes: [UInt8]
    private var offset = 0
    private var current = SourcePosition(line: 1, column: 1)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func position(at target: Int) -> SourcePosition {
        while offset < min(target, bytes.count) {
            if bytes[offset] == UInt8(ascii: "\n") {
                current = SourcePosition(line: current.line + 1, column: 1)
            } else if bytes[offset] & 0xC0 != 0x80 {  // a continuation byte does not start a scalar
                current.column += 1
            }
            offset += 1
        }
        return current
    }
}
#endif
