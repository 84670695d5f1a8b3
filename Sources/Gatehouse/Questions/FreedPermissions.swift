/// The permissions that holders of a role come to have by other roles where one policy takes the place of another: the role no longer
/// denies them, or a constraint no longer forbids the roles together.
///
/// Pairs of roles show every such change, since of several roles that deny a permission each must stop.
struct FreedPermissions {
    /// The permissions, each with its ids under both policies.
    private let permissions: [(permission: Permission, old: Int?, new: Int?)]
    private let old: PolicyEngine
    private let new: PolicyEngine
    /// The roles that may give a permission under the new policy, by the permission's position.
    private var giving: [Int: [Int]] = [:]
    /// The constraints of the old policy.
    private let constraints: [FormerConstraint]
    /// The roles that count as one of some roles, by these roles.
    private var counted: [Set<ByteText>: Set<Int>] = [:]
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
        let partners = try self.partners(of: role, &steps)
        var positions: [Int] = []
        for (position, (permission, old, new)) in permissions.enumerated() {
            let kept = present.denial(of: permission, id: new)
            guard !kept.isCertain else { continue }
            let isEased = !kept.covers(former.denial(of: permission, id: old))
            guard isEased || !partners.isEmpty else { continue }
            let roles = try self.roles(giving: position, &steps)
            if try isAllowed(id, beside: isEased ? roles : roles.filter(partners.contains), &steps) {
                positions.append(position)
            }
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

    /// Returns the roles that may give a permission under the new policy.
    private mutating func roles(
        giving position: Int,
        _ steps: inout ComparisonSteps
    ) throws(PolicyDifferenceError) -> [Int] {
        if let roles = giving[position] { return roles }
        try steps.spend(size)
        let stances = Stances(on: permissions[position].permission, new)
        let roles = new.roles.indices.filter { stances.stance(of: $0).possibility != .never }
        // Without constraints each of them will do.
        giving[position] = old.constraints.isEmpty && new.constraints.isEmpty ? Array(roles.prefix(1)) : roles
        return roles
    }

    // MARK: Constraints

    /// Returns the roles that no constraint forbids together with a role any more.
    private mutating func partners(
        of role: String,
        _ steps: inout ComparisonSteps
    ) throws(PolicyDifferenceError) -> Set<Int> {
        guard !constraints.isEmpty else { return [] }
        let dropped = inherited(by: role, old).subtracting(inherited(by: role, new))
        var result: Set<Int> = []
        for constraint in constraints where constraint.frees(ByteText(role), dropping: dropped) {
            result.formUnion(try partners(countedAs: constraint.roles.subtracting(dropped), &steps))
        }
        guard !result.isEmpty, let id = new.roleNames.id(of: role) else { return result }
        return result.union([id])
    }

    /// Returns a role with all roles that the role inherits.
    private func inherited(by role: String, _ engine: PolicyEngine) -> Set<ByteText> {
        guard let id = engine.roleNames.id(of: role) else { return [] }
        return Set(RoleWalk(from: [id], engine.roles).reached.map { ByteText(engine.policy.roles[$0].name) })
    }

    /// Returns the roles that the old policy counted as one of some roles, and all roles if those give nothing.
    private mutating func partners(
        countedAs names: Set<ByteText>,
        _ steps: inout ComparisonSteps
    ) throws(PolicyDifferenceError) -> Set<Int> {
        if let known = counted[names] { return known }
        try steps.spend(old.roles.count)
        var isCounted = Array(repeating: false, count: old.roles.count)
        for role in old.inheritedFirst {
            isCounted[role] =
                names.contains(ByteText(old.policy.roles[role].name))
                || old.roles[role].inherits.contains { isCounted[$0] }
        }
        var partners = Set(
            old.roles.indices.filter { isCounted[$0] }.compactMap { new.roleNames.id(of: old.policy.roles[$0].name) }
        )
        var giveNothing = true
        for position in permissions.indices where giveNothing {
            giveNothing = try roles(giving: position, &steps).allSatisfy { !partners.contains($0) }
        }
        if giveNothing { partners = Set(new.roles.indices) }
        counted[names] = partners
        return partners
    }
}
