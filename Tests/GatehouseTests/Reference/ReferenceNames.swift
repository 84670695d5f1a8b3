import Gatehouse

extension ReferenceEvaluator {
    /// Every name without a wildcard that the policy has, sorted by bytes.
    var names: [String] {
        let catalogue = (policy.permissions ?? []).map(\.name)
        let patterns = policy.roles.flatMap { $0.grants + $0.denies } + policy.rules.flatMap(\.permissions)
        let names = Set(catalogue + patterns.filter { !$0.contains("*") })
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }
}

extension Condition {
    /// Every path in it, each once, in its order.
    var paths: [String] {
        var result: [String] = []
        for path in allPaths where !result.contains(path) { result.append(path) }
        return result
    }

    private var allPaths: [String] {
        switch self {
        case .compare(_, let lhs, let rhs): Self.paths(in: lhs) + Self.paths(in: rhs)
        case .exists(let path): [path]
        case .all(let conditions), .any(let conditions): conditions.flatMap(\.allPaths)
        case .not(let condition): condition.allPaths
        }
    }

    private static func paths(in operand: JSONValue) -> [String] {
        switch operand {
        case .string(let text) where text.hasPrefix("$") && !text.hasPrefix("$$"): [text]
        case .array(let elements): elements.flatMap { paths(in: $0) }
        default: []
        }
    }
}
