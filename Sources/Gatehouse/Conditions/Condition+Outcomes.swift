/// The outcomes that are possible for a condition. An attribute may be missing, or of any type.
extension CompiledCondition.Node {
    /// The number of different comparisons that are tried in all combinations, and of all comparisons.
    private static let maximumLeaves = 5
    private static let maximumComparisons = 64

    /// A set that includes every possible outcome. A comparison that occurs more than once has equal outcomes each time, which is tried for
    /// a few different comparisons. Otherwise comparisons count as independent.
    var outcomes: TruthSet {
        var leaves: [JSONValue: TruthSet] = [:]
        var count = 0
        collect(&leaves, &count)
        guard leaves.count < count, leaves.count <= Self.maximumLeaves, count <= Self.maximumComparisons else {
            return independentOutcomes
        }
        var result: TruthSet = []
        var assignments: [[JSONValue: Truth]] = [[:]]
        for (leaf, truths) in leaves {
            assignments = assignments.flatMap { assignment in
                truths.elements.map { truth in assignment.merging([leaf: truth]) { _, new in new } }
            }
        }
        for assignment in assignments { result.insert(TruthSet(evaluate(assignment))) }
        return result
    }

    private var independentOutcomes: TruthSet {
        switch self {
        case .all(let nodes):
            nodes.reduce(.yes) { $0.combined(with: $1.independentOutcomes) { $0.and($1) } }
        case .any(let nodes):
            nodes.reduce(.no) { $0.combined(with: $1.independentOutcomes) { $0.or($1) } }
        case .not(let node): node.independentOutcomes.combined(with: .yes) { truth, _ in !truth }
        case .compare, .exists, .malformed: leafOutcomes
        }
    }

    private func collect(_ leaves: inout [JSONValue: TruthSet], _ count: inout Int) {
        switch self {
        case .all(let nodes), .any(let nodes): for node in nodes { node.collect(&leaves, &count) }
        case .not(let node): node.collect(&leaves, &count)
        case .compare, .exists, .malformed:
            count += 1
            if leaves.count <= Self.maximumLeaves, count <= Self.maximumComparisons { leaves[leafKey] = leafOutcomes }
        }
    }

    private func evaluate(_ assignment: [JSONValue: Truth]) -> Truth {
        switch self {
        case .all(let nodes): nodes.reduce(.yes) { $0.and($1.evaluate(assignment)) }
        case .any(let nodes): nodes.reduce(.no) { $0.or($1.evaluate(assignment)) }
        case .not(let node): !node.evaluate(assignment)
        case .compare, .exists, .malformed: assignment[leafKey] ?? .unknown
        }
    }

    // MARK: One comparison

    /// A key that equal comparisons share.
    private var leafKey: JSONValue {
        switch self {
        case .compare(let comparison, let lhs, let rhs): [.string(comparison.rawValue), lhs.key, rhs.key]
        case .exists(let path): ["exists", path.key]
        case .all, .any, .not, .malformed: .null
        }
    }

    private var leafOutcomes: TruthSet {
        switch self {
        case .compare(let comparison, let lhs, let rhs):
            if case .literal(let lhs) = lhs, case .literal(let rhs) = rhs {
                return TruthSet(comparison.compare(lhs, rhs))
            }
            if lhs.isNeverPresent || rhs.isNeverPresent { return .unknown }
            let outcomes = comparison.outcomes(lhs, rhs)
            return lhs.isAlwaysPresent && rhs.isAlwaysPresent ? outcomes : outcomes.union(.unknown)
        case .exists(let path): return path.isNeverPresent ? .no : path.isAlwaysPresent ? .yes : [.yes, .no]
        case .all, .any, .not, .malformed: return .unknown
        }
    }
}

extension Condition.Comparison {
    /// Returns the outcomes that are possible for a comparison if its paths lead to values. There is at least one, since literals are
    /// compared.
    fileprivate func outcomes(_ lhs: Operand, _ rhs: Operand) -> TruthSet {
        let isSame = lhs.key == rhs.key
        let kinds = (lhs.kind, rhs.kind)
        let mayBeSameKind = kinds.0 == nil || kinds.1 == nil || kinds.0 == kinds.1
        switch self {
        case .equals: return isSame ? .yes : mayBeSameKind ? [.yes, .no] : .no
        case .notEquals: return isSame ? .no : mayBeSameKind ? [.yes, .no] : .yes
        case .lessThan, .greaterThan:
            guard lhs.isOrdered, rhs.isOrdered, mayBeSameKind else { return .unknown }
            return isSame ? .no : [.yes, .no]
        case .atMost, .atLeast:
            guard lhs.isOrdered, rhs.isOrdered, mayBeSameKind else { return .unknown }
            return isSame ? .yes : [.yes, .no]
        case .in:
            guard kinds.1 == nil || kinds.1 == .list else { return .unknown }
            return rhs.mayBeList(with: lhs) ? [.yes, .no] : .no
        case .contains:
            if kinds.0 == .string { return kinds.1 == nil || kinds.1 == .string ? [.yes, .no] : .unknown }
            guard kinds.0 == nil || kinds.0 == .list else { return .unknown }
            return lhs.mayBeList(with: rhs) ? [.yes, .no] : .no
        case .startsWith:
            let mayFit = (kinds.0 == nil || kinds.0 == .string) && (kinds.1 == nil || kinds.1 == .string)
            return mayFit ? [.yes, .no] : .unknown
        }
    }
}

extension Operand {
    fileprivate var isOrdered: Bool { kind == nil || kind == .number || kind == .string }

    /// A key that equal operands share. It differs from the keys of literals that look like paths.
    fileprivate var key: JSONValue {
        switch self {
        case .path(let path): ["path": path.key]
        case .literal(let value): ["literal": value]
        case .list(let operands): .array(operands.map(\.key))
        case .malformed: .null
        }
    }
}
