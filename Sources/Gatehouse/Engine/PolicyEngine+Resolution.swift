extension PolicyEngine {
    /// Compiles what a principal holds, once for many checks.
    public func resolve(_ principal: Principal) -> ResolvedPrincipal {
        ResolvedPrincipal(principal, holding: roleAssignments(of: principal), self)
    }

    /// Whether a check is allowed: ``decide(_:)`` without its reasons.
    public func allows(_ check: AccessCheck) -> Bool {
        verdict(on: check) == .allowed
    }

    func verdict(on check: AccessCheck) -> Verdict {
        let set = roleSet(of: check.principal, on: check.resource, at: check.time)
        let id = permissions.id(of: check.permission)
        if let verdict = set.verdict(id: id) { return verdict }
        return set.verdict(on: check.permission, id: id, self) {
            CheckFacts(
                check,
                roles: heldRoles(of: check.principal, on: check.resource?.resourceID, at: check.time).names
            )
        }
    }

    /// What is held for a check, without the lists and texts that reasons need.
    private func roleSet(of principal: Principal, on resource: Resource?, at time: Timestamp) -> RoleSet {
        let resource = resource?.resourceID
        guard principal.activeRoles == nil else {
            return roleSet(heldRoles(of: principal, on: resource, at: time))
        }
        let assigned = assignments.assignments(of: principal.id)
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: principal.roles.count + assigned.count) { held in
            var count = 0
            for index in principal.roles.indices where principal.roles[index].holds(for: resource, at: time) {
                let id = roleNames.id(of: principal.roles[index].role)
                held.initializeElement(at: count, to: id ?? RoleSet.undefinedRole)
                count += 1
            }
            for assignment in assigned
            where assignment.holds(in: principal.organization?.id) && assignment.role.holds(for: resource, at: time) {
                let id = roleNames.id(of: assignment.role.role)
                held.initializeElement(at: count, to: id ?? RoleSet.undefinedRole)
                count += 1
            }
            return roleSets.roleSet(for: UnsafeMutableBufferPointer(rebasing: held[..<count])) { RoleSet($0, self) }
        }
    }

    func roleSet(_ held: HeldRoles) -> RoleSet {
        roleSet(held.ids.map { $0 ?? RoleSet.undefinedRole })
    }

    /// - Parameter held: the roles by id, ``RoleSet/undefinedRole`` for those that the policy does not define.
    func roleSet(_ held: [Int]) -> RoleSet {
        var held = held
        return held.withUnsafeMutableBufferPointer { roleSets.roleSet(for: $0) { RoleSet($0, self) } }
    }
}
