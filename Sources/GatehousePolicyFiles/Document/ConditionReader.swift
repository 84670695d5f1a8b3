#if PolicyFiles
import Gatehouse

/// Makes a rule's condition of a document's node.
struct ConditionReader {
    private(set) var findings: [Finding] = []
    /// Where the parts of the condition stand.
    private(set) var positions: [PolicyLocation: SourcePosition] = [:]
    private let rule: Int

    init(rule: Int) {
        self.rule = rule
    }

    /// Recursive, as deep as a document may nest. Nil where something in it could not be read.
    mutating func condition(_ node: DocumentNode, path: [Int]) -> Condition? {
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
            return conditions(member, path + [0]).map { .all($0) }
        case _ where member.key.hasSameBytes(as: "any"):
            return conditions(member, path + [0]).map { .any($0) }
        case _ where member.key.hasSameBytes(as: "not"):
            return condition(member.value, path: path + [0]).map { .not($0) }
        default:
            guard let comparison = Condition.Comparison(bytesOf: member.key) else {
                return wrong("“\(member.key.printable)” is no operator of conditions", node)
            }
            return compare(comparison, member, path + [0])
        }
    }

    private mutating func exists(_ node: DocumentNode) -> Condition? {
        guard let path = node.string else { return wrong("“exists” takes a path, not \(node.kind)", node) }
        return .exists(path)
    }

    private mutating func conditions(_ member: DocumentMember, _ path: [Int]) -> [Condition]? {
        guard case .sequence(let elements) = member.value.value else {
            return wrong("“\(member.key)” takes a list of conditions, not \(member.value.kind)", member.value)
        }
        let conditions = elements.enumerated().map { condition($1, path: path + [$0]) }
        return conditions.contains { $0 == nil } ? nil : conditions.compactMap(\.self)
    }

    private mutating func compare(
        _ comparison: Condition.Comparison,
        _ member: DocumentMember,
        _ path: [Int]
    ) -> Condition? {
        guard case .sequence(let operands) = member.value.value, operands.count == 2 else {
            return wrong("“\(member.key)” takes a list of two operands", member.value)
        }
        let values = operands.enumerated().map { operand($1, path + [$0]) }
        guard let lhs = values[0], let rhs = values[1] else { return nil }
        return .compare(comparison, lhs, rhs)
    }

    private mutating func operand(_ node: DocumentNode, _ path: [Int]) -> JSONValue? {
        place(node, path)
        do throws(SyntaxError) {
            return try node.json()
        } catch {
            findings.append(Finding(.invalidCondition, error.message, position: error.position))
            return nil
        }
    }

    /// Remembers where a part stands; of an operand also where the entries of its lists do.
    private mutating func place(_ node: DocumentNode, _ path: [Int]) {
        positions[.condition(rule: rule, path: path)] = node.position
        guard case .sequence(let elements) = node.value else { return }
        for (index, element) in elements.enumerated() { place(element, path + [index]) }
    }

    private mutating func wrong<Value>(_ message: String, _ node: DocumentNode) -> Value? {
        findings.append(Finding(.invalidCondition, message, position: node.position))
        return nil
    }
}
#endif
