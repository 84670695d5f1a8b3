/// The permissions that holders of a role come to have by other roles where one policy takes the place of another: the role no longer
/// denies them, or a constraint no longer forbids the roles together.
///
/// A denial that ends is found by pairs of roles, since of several roles that deny a permission each must stop. A constraint that ends is found
/// by the roles that the constraint counted.
struct FreedPermissions {
    /// The permissions, each with its ids under both policies.
    private let permissions: [(permission: Permission, old: Int?, new: Int?)]
    private let old: PolicyEngine
    private let new: PolicyEngine
    /// The roles of the new policy that give and deny a permission, by the permission's position.
    private var known: [Int: RolesOnPermission] = [:]
    /// The constraints of the old policy.
    private let constraints: [FormerConstraint]
    /// The roles that the old policy counted as some roles, by these roles.
    private var counted: [Set<ByteText>: CountedRoles] = [:]
    /// The number of steps in which one permission is looked up in every role.
    private let size: Int

    init(_ permissions: [Permission], from old: PolicyEngine, to new: PolicyEngine) {
        (self.old, self.new) = (old, new)
        self.permissions = permissions.map { ($0, old.permissions.id(of: $0), new.permissions.id(of: $0)) }
        constraints = old.policy.constraints.map { FormerConstraint($0, under: new.policy) }
        size = new.policy.roles.reduce(1) { $0 + 1 + $1.grants.count + $1.denies.count + $1.inherits.count }
    }

    /// Returns the positions of the permissions for a role.
    mutating func positions(for role: String, _ steps: inout ComparisonSteps) throws(PolicyDifferenceError) -> [Int] {
        let id = new.roleNames.id(of: role)
        let (former, present) = (RoleDenials(of: role, old), RoleDenials(of: role, new))
        let lifted = try self.lifted(for: role, &steps)
        var positions: [Int] = []
        for (position, (permission, old, new)) in permissions.enumerated() {
            let kept = present.denial(of: permission, id: new)
            guard !kept.isCertain else { continue }
            let isEased = !kept.covers(former.denial(of: permission, id: old))
            guard isEased || !lifted.isEmpty else { continue }
            let stances = try roles(on: position, &steps)
            var others = isEased ? stances.giving : []
            for constraint in lifted where !isEased { others += constraint.partners(giving: stances) }
            if try isAllowed(id, beside: others, &steps) { positions.append(position) }
        }
        return positions
    }

    /// Returns true if no constraint forbids a role together with one of others.
    private func isAllowed(
        _ role: Int?,
        beside others: [Int],
        _ steps: inout ComparisonSteps
    ) throws(PolicyDifferenceError) -> Bool {
        for other in others {
            guard !new.constraints.isEmpty else { return true }
            let reached = RoleWalk(from: [role, other].compactMap(\.self), new.roles).reached
            try steps.spend(8 * reached.count)
            if new.violatedConstraints(reached).isEmpty { return true }
        }
        return false
    }

    /// Returns the roles that may give a permission under the new policy, and those that deny the permission to other roles.
    private mutating func roles(
        on position: Int,
        _ steps: inout ComparisonSteps
    ) throws(PolicyDifferenceError) -> RolesOnPermission {
        if let known = known[position] { return known }
        try steps.spend(size)
        let stances = Stances(on: permissions[position].permission, new)
        var roles = RolesOnPermission()
        for role in new.roles.indices {
            let stance = stances.stance(of: role)
            if stance.possibility != .never { roles.giving.append(role) }
            if stance.contains(.denies), new.policy.combining == .denyOverrides { roles.denying.insert(role) }
        }
        // Without constraints one of them will do.
        if old.constraints.isEmpty, new.constraints.isEmpty { roles.giving = Array(roles.giving.prefix(1)) }
        known[position] = roles
        return roles
    }

    // MARK: Constraints

    /// Returns the constraints that no longer forbid a role together with others.
    private mutating func lifted(
        for role: String,
        _ steps: inout ComparisonSteps
    ) throws(PolicyDifferenceError) -> [LiftedConstraint] {
        guard !constraints.isEmpty else { return [] }
        let dropped = inherited(by: role, old).subtracting(inherited(by: role, new))
        var result: [LiftedConstraint] = []
        for constraint in constraints where constraint.frees(ByteText(role), dropping: dropped) {
            let own = inherited(by: role, old).intersection(constraint.roles)
            var lifted = LiftedConstraint(own: own, limit: constraint.limit)
            lifted.counted = try counted(as: constraint.roles.subtracting(dropped), &steps)
            if let id = new.roleNames.id(of: role) { lifted.counted.byRole[id] = own }
            result.append(lifted)
        }
        return result
    }

    /// Returns a role with all roles that the role inherits.
    private func inherited(by role: String, _ engine: PolicyEngine) -> Set<ByteText> {
        guard let id = engine.roleNames.id(of: role) else { return [] }
        return Set(RoleWalk(from: [id], engine.roles).reached.map { ByteText(engine.policy.roles[$0].name) })
    }

    /// Returns the roles that the old policy counted as some roles.
    private mutating func counted(
        as names: Set<ByteText>,
        _ steps: inout ComparisonSteps
    ) throws(PolicyDifferenceError) -> CountedRoles {
        if let known = counted[names] { return known }
        try steps.spend(old.roles.count * max(1, names.count))
        var counts: [Set<ByteText>] = Array(repeating: [], count: old.roles.count)
        var result = CountedRoles()
        for role in old.inheritedFirst {
            let name = old.policy.roles[role].name
            counts[role] = old.roles[role].inherits.reduce(names.intersection([ByteText(name)])) {
                $0.union(counts[$1])
            }
            guard !counts[role].isEmpty else { continue }
            if let id = new.roleNames.id(of: name) {
                result.byRole[id] = counts[role]
            } else {
                result.undefined.formUnion(counts[role])
            }
        }
        for position in permissions.indices where !result.giveSomething {
            result.giveSomething = try roles(on: position, &steps).giving.contains { result.byRole[$0] != nil }
        }
        counted[names] = result
        return result
    }
}

/// The roles on one side or the other of a permission.
struct RolesOnPermission {
    var giving: [Int] = []
    var denying: Set<Int> = []
}
