/// The roles that a policy counted as some roles of a constraint.
struct CountedRoles {
    /// The roles of the constraint as which a role counted, by the role's id under the new policy.
    var byRole: [Int: Set<ByteText>] = [:]
    /// The roles of the constraint as which roles counted that the new policy does not define.
    var undefined: Set<ByteText> = []
    /// True if one of the roles gives some permission.
    var giveSomething = false
}

/// A constraint that no longer forbids a role together with others.
struct LiftedConstraint {
    /// The roles of the constraint as which the role itself counted.
    let own: Set<ByteText>
    /// The largest number of the constraint's roles together.
    let limit: Int
    var counted = CountedRoles()

    /// Returns the roles that give a permission to whoever held too many roles together, as far as those roles do not deny the permission.
    /// They are counted roles, or all roles if the counted roles give nothing at all.
    func partners(giving roles: RolesOnPermission) -> [Int] {
        let held = counted.byRole.filter { !roles.denying.contains($0.key) }
        let names = held.values.reduce(own.union(counted.undefined)) { $0.union($1) }
        guard names.count > limit else { return [] }
        return counted.giveSomething ? roles.giving.filter { held[$0] != nil } : roles.giving
    }
}
