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
        return set.verdict(on: check.permission, id: id, self) {
            CheckFacts(
                check,
                roles: heldRoles(of: check.principal, on: check.resource?.resourceID, at: check.time).names
            )
        }
    }

    private func roleSet(of principal: Principal, on resource: Resource?, at time: Timestamp) -> RoleSet {
        let resource = resource?.resourceID
        guard principal.activeRoles == nil else {
            return roleSet(heldRoles(of: principal, on: resource, at: time).key)
        }
        var held: [Int] = []
        held.reserveCapacity(principal.roles.count)
        let add = { (assignment: RoleAssignment) in
            if !assignment.isBounded || assignment.holds(for: resource, at: time) {
                held.append(self.roleNames.id(of: assignment.role) ?? RoleSetKey.undefined)
            }
        }
        for role in principal.roles { add(role) }
        assignments.forEachRole(of: principal.id, in: principal.organization?.id, add)
        return roleSet(RoleSetKey(held))
    }

    func roleSet(_ key: RoleSetKey) -> RoleSet {
        roleSets.roleSet(for: key) { RoleSet($0, self) }
    }
}
