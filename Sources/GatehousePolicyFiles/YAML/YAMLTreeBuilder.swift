#if PolicyFiles
import GatehouseBase
import Yams

/// Makes our tree of Yams' and collects what no document may have. It recurses to the depth that one may have.
struct YAMLTreeBuilder {
    private(set) var errors: [SyntaxError] = []
    private let mask: YAMLMask
    private let marks: KeyMarks

    init(_ mask: YAMLMask, _ marks: KeyMarks) {
        self.mask = mask
        self.marks = marks
    }

    mutating func node(_ node: Node, depth: Int) -> DocumentNode {
        let position = position(of: node)
        let value: DocumentNode.Value
        switch node {
        case .scalar(let scalar): value = self.value(of: scalar, at: position)
        case .sequence(let sequence) where deepens(depth, at: position):
            value = .sequence(sequence.map { self.node($0, depth: depth + 1) })
        case .mapping(let mapping) where deepens(depth, at: position):
            value = .mapping(members(of: mapping, depth: depth + 1))
        case .sequence, .mapping: value = .null  // too deep, which is an error already
        case .alias:
            errors.append(SyntaxError(YAMLMask.Indicator.alias.message, at: position))
            value = .null
        }
        return DocumentNode(value: value, position: position)
    }

    private mutating func members(of mapping: Node.Mapping, depth: Int) -> [DocumentMember] {
        var seen: Set<ByteText> = []
        return mapping.compactMap { pair in
            let position = position(of: pair.key)
            guard let key = key(of: pair.key, at: position) else { return nil }
            if !seen.insert(ByteText(key)).inserted {
                errors.append(SyntaxError("this key stands twice in the same mapping", at: position))
            }
            return DocumentMember(key: key, keyPosition: position, value: node(pair.value, depth: depth))
        }
    }

    private mutating func key(of node: Node, at position: SourcePosition) -> String? {
        guard case .scalar(let scalar) = node else {
            errors.append(SyntaxError("a list or mapping cannot be a key", at: position))
            return nil
        }
        guard case .string(let key) = value(of: scalar, at: position) else {
            errors.append(SyntaxError("a key must be a string; put it in quotes", at: position))
            return nil
        }
        if scalar.style == .plain, key.hasSameBytes(as: "<<") {
            errors.append(SyntaxError("a merge key (<<) is not supported", at: position))
        }
        return key
    }

    private mutating func value(of scalar: Node.Scalar, at position: SourcePosition) -> DocumentNode.Value {
        let isPlain = scalar.style == .plain
        let (text, indicator) = mask.unmask(scalar.string, isPlain: isPlain)
        if let indicator { errors.append(SyntaxError(indicator.message, at: position)) }
        return isPlain ? CoreSchema.resolve(text) : .string(text)
    }

    /// Whether a mapping or sequence may stand at this depth; else that is an error.
    private mutating func deepens(_ depth: Int, at position: SourcePosition) -> Bool {
        guard depth >= DocumentNode.maximumDepth else { return true }
        errors.append(SyntaxError("the document is nested deeper than \(DocumentNode.maximumDepth)", at: position))
        return false
    }

    private func position(of node: Node) -> SourcePosition {
        marks.original(node.mark.map { SourcePosition($0) } ?? SourcePosition(line: 1, column: 1))
    }
}
#endif
