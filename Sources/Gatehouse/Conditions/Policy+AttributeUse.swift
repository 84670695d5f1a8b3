extension Policy {
    /// A place where a condition reads an attribute of the principal.
    package struct AttributeUse: Sendable, Hashable {
        /// The condition, or the part of the condition.
        package let location: Finding.Location
        /// The id of the rule.
        package let rule: String
        /// The path as it was written.
        package let path: String
        /// The names below `$principal.attributes`.
        package let names: [String]
    }

    /// Returns all places where a condition reads an attribute of the principal, in the order of the rules. Texts that are not paths are
    /// skipped; ``findings()`` reports them.
    package func usesOfPrincipalAttributes() -> [AttributeUse] {
        var uses: [AttributeUse] = []
        for (index, rule) in rules.enumerated() {
            rule.condition?.visitPaths(from: [], depth: 1) { text, place in
                guard let path = try? AttributePath(text), path.root == .principalAttributes else { return }
                let location = Finding.Location.condition(rule: index, path: place)
                uses.append(AttributeUse(location: location, rule: rule.id, path: text, names: path.names))
            }
        }
        return uses
    }
}

extension Condition {
    /// Visits the paths of a condition. The method is recursive, to the depth of a condition.
    fileprivate func visitPaths(from place: [Int], depth: Int, _ visit: (String, [Int]) -> Void) {
        guard depth <= Self.maximumDepth else { return }
        switch self {
        case .compare(_, let lhs, let rhs):
            for (index, operand) in [lhs, rhs].enumerated() {
                Self.visitPaths(in: operand, from: place + [0, index], depth: 1, visit)
            }
        case .exists(let path): visit(path, place + [0])
        case .all(let conditions), .any(let conditions):
            for (index, condition) in conditions.enumerated() {
                condition.visitPaths(from: place + [0, index], depth: depth + 1, visit)
            }
        case .not(let condition): condition.visitPaths(from: place + [0], depth: depth + 1, visit)
        }
    }

    /// Visits the paths of a value. The method is recursive, to the depth of a value. A text inside a map is not a path.
    private static func visitPaths(
        in operand: JSONValue,
        from place: [Int],
        depth: Int,
        _ visit: (String, [Int]) -> Void
    ) {
        switch operand {
        case .string(let text) where AttributePath.isPath(text): visit(text, place)
        case .array(let elements) where depth <= maximumDepth:
            for (index, element) in elements.enumerated() {
                visitPaths(in: element, from: place + [index], depth: depth + 1, visit)
            }
        default: break
        }
    }
}
