/// The permissions that a role denies to those who hold other roles as well. Rules that deny a permission to everyone do not count.
struct RoleDenials {
    /// The denial of a permission, as far as it matters in a comparison with another policy.
    struct Denial {
        /// True if the permission is denied in every check.
        var isCertain = false
        /// The conditions on which the permission is denied.
        var clauses: Set<Prospect.Clause> = []

        /// Returns true if this denial denies in every check in which the other denies.
        func covers(_ other: Denial) -> Bool {
            isCertain || !other.isCertain && other.clauses.isSubset(of: clauses)
        }
    }

    private let engine: PolicyEngine
    private let role: RoleSet
    private let everyone: RoleSet

    init(of role: String, _ engine: PolicyEngine) {
        self.engine = engine
        self.role = engine.roleSet(EffectiveRoles([role], engine.roleNames)).whole(engine)
        everyone = engine.roleSet([] as [Int]).whole(engine)
    }

    /// Returns the denial of a permission.
    ///
    /// - Parameter id: The permission's id; `nil` if the policy does not name the permission.
    func denial(of permission: Permission, id: Int?) -> Denial {
        // A clean role suffices beside a role that denies.
        guard engine.policy.combining == .denyOverrides else { return Denial() }
        if let verdict = role.verdict(id: id), verdict != .denied { return Denial() }
        if everyone.deniesAlways(permission, id: id, engine) { return Denial() }
        if role.deniesAlways(permission, id: id, engine) { return Denial(isCertain: true) }
        let clauses = [role, everyone].map { $0.denyingClauses(about: permission, id: id, engine) }
        return Denial(clauses: clauses[0].subtracting(clauses[1]))
    }
}

extension RoleSet {
    fileprivate func denyingClauses(
        about permission: Permission,
        id: Int?,
        _ engine: PolicyEngine
    ) -> Set<Prospect.Clause> {
        prospects(of: permission, id: id, engine).reduce(into: []) { $0.formUnion($1.clauses(.deny)) }
    }
}
