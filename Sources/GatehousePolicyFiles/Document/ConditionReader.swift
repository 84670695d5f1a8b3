#if PolicyFiles
import Gatehouse

/// A reader that makes a rule's condition from a node of a document.
struct ConditionReader {
    private(set) var findings: [Finding] = []
    /// The positions of the condition's parts.
    private(set) var positions: [Finding.Location: SourcePosition] = [:]
    private let rule: Int

    init(rule: Int) {
        self.rule = rule
    }

    /// A valid condition in place of a part that could not be read, so that the other parts are checked too.
    private static let unread = Condition.compare(.equals, .null, .null)

    /// Reads a condition. The method is recursive, to the depth to which a document may nest.
    mutating func condition(_ node: DocumentNode, path: [Int]) -> Condition {
        place(node, path)
        guard case .mapping(let members) = node.value else {
            return wrong("a condition must be a mapping, not \(node.kind)", node)
        }
        guard members.count == 1, let member = members.first else {
            return wrong("a condition has exactly one operator, not \(members.count)", node)
        }
        place(member.value, path + [0])
        switch member.key {
        case _ where member.key.hasSameBytes(as: "exists"): return exists(member.value)
        case _ where member.key.hasSameBytes(as: "all"):
            return conditions(member, path + [0]).map { .all($0) } ?? Self.unread
        case _ where member.key.hasSameBytes(as: "any"):
            return conditions(member, path + [0]).map { .any($0) } ?? Self.unread
        case _ where member.key.hasSameBytes(as: "not"):
            return .not(condition(member.value, path: path + [0]))
        default:
            guard let comparison = Condition.Comparison(bytesOf: member.key) else {
                return wrong(Self.noOperator(member.key), node)
            }
            return compare(comparison, member, path + [0])
        }
    }

    private static func noOperator(_ text: String) -> String {
        let operators = Condition.Comparison.allCases.map(\.rawValue) + ["exists", "all", "any", "not"]
        var names = NearestNames(operators)
        return
            "“\(text.printable)” is no operator of conditions: the operators are \(operators.joined(separator: ", "))"
            + names.suggestion(for: text)
    }

    private mutating func exists(_ node: DocumentNode) -> Condition {
        guard let path = node.string else { return wrong("“exists” takes a path, not \(node.kind)", node) }
        return .exists(path)
    }

    private mutating func conditions(_ member: DocumentMember, _ path: [Int]) -> [Condition]? {
        guard case .sequence(let elements) = member.value.value else {
            _ = wrong("“\(member.key)” takes a list of conditions, not \(member.value.kind)", member.value)
            return nil
        }
        return elements.enumerated().map { condition($1, path: path + [$0]) }
    }

    private mutating func compare(
        _ comparison: Condition.Comparison,
        _ member: DocumentMember,
        _ path: [Int]
    ) -> Condition {
        guard case .sequence(let operands) = member.value.value, operands.count == 2 else {
            return wrong("“\(member.key)” takes a list of two operands", member.value)
        }
        return .compare(comparison, operand(operands[0], path + [0]), operand(operands[1], path + [1]))
    }

    private mutating func operand(_ node: DocumentNode, _ path: [Int]) -> JSONValue {
        placePaths(node, path)
        var errors: [SyntaxError] = []
        let value = node.json(&errors)
        findings += errors.map { Finding(.invalidCondition, $0.message, position: $0.position) }
        return value
    }

    private mutating func place(_ node: DocumentNode, _ path: [Int]) {
        positions[.condition(rule: rule, path: path)] = node.position
    }

    /// Stores the positions of the paths in an operand. No other part of an operand can be wrong, and a list may be long.
    private mutating func placePaths(_ node: DocumentNode, _ path: [Int]) {
        switch node.value {
        case .string(let text) where text.utf8.first == UInt8(ascii: "$"): place(node, path)
        case .sequence(let elements):
            for (index, element) in elements.enumerated() { placePaths(element, path + [index]) }
        default: break
        }
    }

    private mutating func wrong(_ message: String, _ node: DocumentNode) -> Condition {
        findings.append(Finding(.invalidCondition, message, position: node.position))
        return Self.unread
    }
}
#endif
