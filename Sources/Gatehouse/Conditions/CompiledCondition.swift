/// A condition with its paths parsed.
struct CompiledCondition: Sendable {
    /// The outcomes that are possible for all values of its paths.
    let outcomes: TruthSet
    /// True if the condition reads `$principal.roles`.
    let isAboutRoles: Bool
    private let node: Node

    indirect enum Node: Sendable {
        case compare(Condition.Comparison, Operand, Operand)
        case exists(AttributePath)
        case all([Node])
        case any([Node])
        case not(Node)
        /// A part that a condition without findings does not have: unknown, so that an allow rule fails and a deny rule denies.
        case malformed
    }

    /// Compiles a condition without findings, whose depth is bounded.
    init(_ condition: Condition) {
        node = Node(condition)
        outcomes = node.outcomes
        isAboutRoles = node.paths.contains(where: \.isAboutRoles)
    }

    func evaluate(_ facts: CheckFacts) -> Truth { node.evaluate(facts) }

    /// The paths of the condition, in order.
    var paths: [AttributePath] { node.paths }

    /// Returns true if the condition may become true (or false, if `isTrue` is false) for a principal that gets some of these roles.
    func mayTurn(_ isTrue: Bool, byHoldingAnyOf roles: Set<ByteText>) -> Bool {
        isAboutRoles && node.mayTurn(isTrue, byHoldingAnyOf: roles)
    }

    /// Returns the texts of the paths that lead nowhere in this check, each once, in the order of the condition.
    func missingPaths(in facts: CheckFacts) -> [String] {
        var seen: Set<ByteText> = []
        return node.paths.filter { $0.value(in: facts) == nil }.map(\.text)
            .filter { seen.insert(ByteText($0)).inserted }
    }
}

extension CompiledCondition.Node {
    fileprivate init(_ condition: Condition) {
        switch condition {
        case .compare(let comparison, let lhs, let rhs): self = .compare(comparison, Operand(lhs), Operand(rhs))
        case .exists(let path): self = (try? AttributePath(path)).map { .exists($0) } ?? .malformed
        case .all(let conditions):
            self = conditions.isEmpty ? .malformed : .all(conditions.map { Self($0) })
        case .any(let conditions):
            self = conditions.isEmpty ? .malformed : .any(conditions.map { Self($0) })
        case .not(let condition): self = .not(Self(condition))
        }
    }

    /// Returns the outcome of the condition. The method is recursive, to the depth of a condition.
    func evaluate(_ facts: CheckFacts) -> Truth {
        switch self {
        case .compare(let comparison, let lhs, let rhs):
            guard let lhs = lhs.value(in: facts), let rhs = rhs.value(in: facts) else { return .unknown }
            return comparison.compare(lhs, rhs)
        case .exists(let path): return Truth(path.value(in: facts) != nil)
        case .all(let nodes):
            var result = Truth.yes
            for node in nodes where result != .no { result = result.and(node.evaluate(facts)) }
            return result
        case .any(let nodes):
            var result = Truth.no
            for node in nodes where result != .yes { result = result.or(node.evaluate(facts)) }
            return result
        case .not(let node): return !node.evaluate(facts)
        case .malformed: return .unknown
        }
    }

    /// Returns true if the node may become true (or false, if `isTrue` is false) when some of these roles are added to `$principal.roles`.
    /// A search for one of them by name can only become true. Any other use of the roles may change in both directions.
    fileprivate func mayTurn(_ isTrue: Bool, byHoldingAnyOf added: Set<ByteText>) -> Bool {
        switch self {
        case .compare(.in, .literal(.string(let name)), .path(let roles)) where roles.isRoles,
            .compare(.contains, .path(let roles), .literal(.string(let name))) where roles.isRoles:
            isTrue && added.contains(ByteText(name))
        case .compare, .exists: paths.contains(where: \.isAboutRoles)
        case .all(let nodes), .any(let nodes): nodes.contains { $0.mayTurn(isTrue, byHoldingAnyOf: added) }
        case .not(let node): node.mayTurn(!isTrue, byHoldingAnyOf: added)
        case .malformed: false
        }
    }

    fileprivate var paths: [AttributePath] {
        switch self {
        case .compare(_, let lhs, let rhs): lhs.paths + rhs.paths
        case .exists(let path): [path]
        case .all(let nodes), .any(let nodes): nodes.flatMap(\.paths)
        case .not(let node): node.paths
        case .malformed: []
        }
    }
}
