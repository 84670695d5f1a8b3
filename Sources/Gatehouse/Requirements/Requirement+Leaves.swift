extension Requirement {
    /// The requirements that this requirement combines, in their order; the requirement itself if it combines none.
    package var leaves: [Requirement] {
        switch self {
        case .allOf(let requirements), .anyOf(let requirements): requirements.flatMap(\.leaves)
        case .not(let requirement): requirement.leaves
        default: [self]
        }
    }

    /// The path placeholder of a requirement that combines no others; `nil` if it has no placeholder.
    package var pathParameter: String? {
        switch self {
        case .permission(_, let resource): resource?.parameter
        case .organization(.inPath(let parameter)): parameter
        default: nil
        }
    }

    /// The permission's name of a requirement that combines no others; `nil` if it has no permission.
    package var permissionName: PermissionName? {
        if case .permission(let name, _) = self { name } else { nil }
    }

    /// The role of a requirement that combines no others; `nil` if it has no role.
    package var roleName: String? {
        if case .role(let role) = self { role } else { nil }
    }

    /// True if everybody meets the requirement, known or not.
    package var isPublic: Bool {
        switch self {
        case .public: true
        case .allOf(let requirements): !requirements.isEmpty && requirements.allSatisfy(\.isPublic)
        case .anyOf(let requirements): requirements.contains(where: \.isPublic)
        default: false
        }
    }
}
