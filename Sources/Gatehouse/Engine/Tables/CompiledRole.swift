/// A role with its names resolved.
struct CompiledRole: Sendable {
    /// The id for roles that the policy does not define. Such a role has no grants, denials or inheritance.
    static let undefined = -1

    let inherits: [Int]
    /// The grants, each pattern once.
    let grants: [CompiledPattern]
    let denies: [CompiledPattern]

    init(_ role: Role, _ roles: NameTable, _ permissions: PermissionTable) {
        inherits = role.inherits.compactMap { roles.id(of: $0) }
        grants = CompiledPattern.compile(role.grants, permissions)
        denies = CompiledPattern.compile(role.denies, permissions)
    }
}

/// A grant or a denial: a pattern, and the id of the permission if the pattern has no wildcard.
struct CompiledPattern: Sendable {
    let pattern: PermissionPattern
    let id: Int?

    /// Returns the patterns of these texts, each once. An invalid text is left out; a policy without errors has none.
    static func compile(_ texts: [String], _ permissions: PermissionTable) -> [CompiledPattern] {
        var seen: Set<ByteText> = []
        return texts.compactMap { text in
            guard let pattern = try? PermissionPattern(validating: text) else { return nil }
            guard texts.count == 1 || seen.insert(ByteText(text)).inserted else { return nil }
            let name = pattern.exactName.map { Permission(wellFormed: $0) }
            return CompiledPattern(pattern: pattern, id: name.flatMap { permissions.id(of: $0) })
        }
    }

    /// Returns true if the pattern matches the permission, whose id is `nil` if the policy does not name it.
    func matches(_ permission: Permission, id: Int?) -> Bool {
        if let own = self.id { return own == id }
        return pattern.matches(permission)
    }
}
