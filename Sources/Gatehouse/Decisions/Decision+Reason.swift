extension Decision {
    /// A reason of a decision.
    public enum Reason: Sendable, Hashable {
        /// A role grants the permission.
        ///
        /// `path` leads from a role of the principal to the role that grants, by inheritance. It is the shortest such path.
        case grant(role: String, pattern: String, path: RolePath)
        /// A role denies the permission.
        case deny(role: String, pattern: String, path: RolePath)
        /// A rule applies.
        ///
        /// `isUnknown` is true if the rule's condition could not be decided and the rule denies nevertheless. `role` is the first of the
        /// rule's roles that the principal has or inherits, and `path` leads to it. Both are `nil` and empty for a rule that applies to
        /// everyone.
        case rule(id: String, effect: Rule.Effect, isUnknown: Bool, role: String?, path: RolePath)
        /// The principal has more of the constraint's roles together than its limit.
        case constraint(id: String)
        /// The credential is delegated, and none of its scopes includes the permission.
        case scope
        /// The credential itself contains the permission, and the authorizer accepts such permissions: ``Authorizer/PermissionSource``.
        case credential
        /// Nothing allows the check, so that it is denied.
        case `default`
    }
}

extension Decision.Reason: CustomStringConvertible {
    public var description: String { text(naming: .max) }

    /// Returns a sentence, without the path if the path has more than this many roles.
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
