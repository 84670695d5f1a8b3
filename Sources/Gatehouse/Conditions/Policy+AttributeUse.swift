extension Policy {
    /// A place where a condition asks for an attribute of the principal.
    package struct AttributeUse: Sendable, Hashable {
        /// The condition, or the part of it.
        package let location: Finding.Location
        /// The id of the rule.
        package let rule: String
        /// The path as it is written.
        package let path: String
        /// The names below `$principal.attributes`.
        package let names: [String]
    }

    /// Returns every place where a condition asks for an attribute of the principal, in the order of the rules. Texts that are no paths are
    /// passed over; ``findings()`` tells of them.
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
    /// Recursive, as deep as a condition may be.
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

    /// Recursive, as deep as a value may be. Inside a map nothing is a path.
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
