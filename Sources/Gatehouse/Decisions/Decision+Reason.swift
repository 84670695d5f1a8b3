extension Decision {
    /// Something that decided.
    public enum Reason: Sendable, Hashable {
        /// A role grants the permission.
        ///
        /// `path` runs from the held role to the one that grants, by inheritance; the shortest one.
        case grant(role: String, pattern: String, path: RolePath)
        /// A role denies the permission.
        case deny(role: String, pattern: String, path: RolePath)
        /// A rule applies.
        ///
        /// `isUnknown`: its condition could not be decided, and it denies all the same. `role` is the first of its roles
        /// that is held or inherited, and `path` leads to it; `nil` and empty for a rule that applies to everyone.
        case rule(id: String, effect: Rule.Effect, isUnknown: Bool, role: String?, path: RolePath)
        /// More of the constraint's roles are held together than it lets.
        case constraint(id: String)
        /// The credential is a delegated one, and none of its scopes stands for the permission.
        case scope
        /// The credential itself carries the permission, and the authorizer takes its word: ``Authorizer/PermissionSource``.
        case credential
        /// Nothing allows it, so it is denied.
        case `default`
    }
}

extension Decision.Reason: CustomStringConvertible {
    public var description: String { text(naming: .max) }

    /// A sentence that leaves out a path of more than so many roles.
    func text(naming maximum: Int) -> String {
        switch self {
        case .grant(let role, let pattern, let path): "\(role) grants \(pattern)\(Self.through(path, maximum))"
        case .deny(let role, let pattern, let path): "\(role) denies \(pattern)\(Self.through(path, maximum))"
        case .rule(let id, let effect, let isUnknown, _, let path):
            "the rule \(id.printable) \(effect == .allow ? "allows" : "denies") it"
                + (isUnknown ? ", as its condition is unknown" : "") + Self.through(path, maximum)
        case .constraint(let id): "more roles of the constraint \(id.printable) are held than it lets"
        case .scope: "no scope of the credential stands for it"
        case .credential: "the credential carries it"
        case .default: "nothing allows it"
        }
    }

    private static func through(_ path: Decision.RolePath, _ maximum: Int) -> String {
        guard let names = path.names(atMost: maximum) else { return "" }
        return names.count > 1 ? " (\(names.joined(separator: " > ")))" : ""
    }
}
