extension PolicyEngine {
    /// Returns the rights of each role, held alone: a row for each of ``permissionNames``.
    ///
    /// Without a catalogue there is also a row for each pattern with a wildcard in roles and rules. This row stands for the names that the
    /// pattern matches and no other row matches more narrowly.
    public func matrix() -> PolicyMatrix {
        var rows = Set(permissionNames.compactMap { try? PermissionPattern(validating: $0) })
        if policy.permissions == nil { rows.formUnion(wildcardPatterns) }
        return matrix(of: rows.sorted { $0.text.precedesByBytes($1.text) })
    }

    /// Returns the table with just these rows, in this order.
    package func matrix(of rows: [PermissionPattern]) -> PolicyMatrix {
        let sets = roles.indices.map { roleSet([$0]) }
        let cells = rows.map { row in
            let permission = representative(of: row)
            let id = row.exactName.flatMap { _ in permissions.id(of: permission) }
            return sets.map { set -> PolicyMatrix.Cell in
                switch set.possibility(of: permission, id: id, self) {
                case .always: .allow
                case .conditional: .conditional
                case .never: set.deniesAlways(permission, id: id, self) ? .deny : .none
                }
            }
        }
        return PolicyMatrix(roles: policy.roles.map(\.name), permissions: rows.map(\.text), rows: cells)
    }

    /// Returns a name that the pattern matches. A segment that no pattern has stands for `*`, and as many such segments as a name can have
    /// stand for `**`. So no narrower pattern of the policy matches the name.
    package func representative(of pattern: PermissionPattern) -> Permission {
        if let name = pattern.exactName { return Permission(wellFormed: name) }
        var other = "any"
        while segments.id(of: ByteText(other)) != nil { other += "-other" }
        let parts = pattern.segments.enumerated().flatMap { depth, segment in
            switch segment {
            case .exactly(let text): [text.string]
            case .any: [other]
            case .rest: Array(repeating: other, count: Name.maximumSegments - depth)
            }
        }
        return Permission(wellFormed: parts.joined(separator: ":"))
    }

    /// The patterns with a wildcard that roles and rules name.
    private var wildcardPatterns: [PermissionPattern] {
        let patterns = roles.flatMap { $0.grants + $0.denies } + rules.flatMap(\.patterns)
        return patterns.filter { $0.id == nil }.map(\.pattern)
    }
}
