#if PolicyFiles
import GatehouseBase
import Yams

/// A builder that makes a tree of ``DocumentNode`` from a tree of Yams, and collects the errors. The recursion ends at the largest allowed
/// depth.
struct YAMLTreeBuilder {
    private(set) var errors: [SyntaxError] = []
    private let mask: YAMLMask
    private let marks: KeyMarks

    init(_ mask: YAMLMask, _ marks: KeyMarks) {
        self.mask = mask
        self.marks = marks
    }

    mutating func node(_ node: Node, depth: Int) -> DocumentNode {
        let position: SourcePosition
        let value: DocumentNode.Value
        switch node {
        case .scalar(let scalar):
            position = self.position(scalar.mark)
            value = self.value(of: scalar, at: position)
        case .sequence(let sequence):
            position = self.position(sequence.mark)
            let isBearable = deepens(depth, at: position)
            value = isBearable ? .sequence(sequence.map { self.node($0, depth: depth + 1) }) : .null
        case .mapping(let mapping):
            position = self.position(mapping.mark)
            value = deepens(depth, at: position) ? .mapping(members(of: mapping, depth: depth + 1)) : .null
        case .alias(let alias):
            position = self.position(alias.mark)
            errors.append(SyntaxError(YAMLMask.Indicator.alias.message, at: position))
            value = .null
        }
        return DocumentNode(value: value, position: position)
    }

    private mutating func members(of mapping: Node.Mapping, depth: Int) -> [DocumentMember] {
        var members: [DocumentMember] = []
        members.reserveCapacity(mapping.count)
        var seen = SeenKeys(count: mapping.count)
        // The loop uses indices, since an iteration would first copy the whole mapping.
        for index in mapping.startIndex..<mapping.endIndex {
            let pair = mapping[index]
            let position = position(pair.key.mark)
            guard let key = key(of: pair.key, at: position) else { continue }
            if !seen.insert(key, among: members) {
                errors.append(SyntaxError("this key stands twice in the same mapping", at: position))
            }
            let value = node(pair.value, depth: depth)
            members.append(DocumentMember(key: key, keyPosition: position, value: value))
        }
        return members
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
        return isPlain && CoreSchema.mayResolve(text) ? CoreSchema.resolve(text) : .string(text)
    }

    /// Returns true if a mapping or sequence may stand at this depth, and adds an error otherwise.
    private mutating func deepens(_ depth: Int, at position: SourcePosition) -> Bool {
        guard depth >= DocumentNode.maximumDepth else { return true }
        errors.append(SyntaxError("the document is nested deeper than \(DocumentNode.maximumDepth)", at: position))
        return false
    }

    private func position(_ mark: Mark?) -> SourcePosition {
        mark.map { marks.original(SourcePosition($0)) } ?? SourcePosition(line: 1, column: 1)
    }
}

/// The keys that a mapping has had so far. A small mapping needs no table: its keys are compared one by one.
private struct SeenKeys {
    private static let pairwiseLimit = 8

    private var table: Set<ByteText>?

    init(count: Int) {
        table = count > Self.pairwiseLimit ? Set(minimumCapacity: count) : nil
    }

    /// Inserts a key. Returns false if one of the earlier members has the key. The parameter `members` lists all earlier members.
    mutating func insert(_ key: String, among members: [DocumentMember]) -> Bool {
        table?.insert(ByteText(key)).inserted ?? !members.contains { $0.key.hasSameBytes(as: key) }
    }
}

extension CoreSchema {
    /// Returns true if a plain scalar may have another type than string, by its first byte.
    fileprivate static func mayResolve(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        return switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"),
            UInt8(ascii: "f"), UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
#endif
