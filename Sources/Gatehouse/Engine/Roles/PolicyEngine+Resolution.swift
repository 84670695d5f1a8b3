extension PolicyEngine {
    /// Compiles the rights of a principal once for many checks.
    ///
    /// - Parameters:
    ///   - principal: The principal, with the roles of its credential.
    ///   - ownIssuer: The issuer of the principals to whom the policy's assignments without an issuer apply, as for
    ///     ``decide(_:ownIssuer:)``.
    public func resolve(_ principal: Principal, ownIssuer: String? = nil) -> ResolvedPrincipal {
        ResolvedPrincipal(principal, resolvedRoles(principal.roles, of: principal, ownIssuer: ownIssuer))
    }

    /// Returns the roles that a principal is given by roles from outside the policy and by the policy's own assignments.
    func resolvedRoles(_ given: [RoleAssignment], of principal: Principal, ownIssuer: String?) -> ResolvedRoles {
        let assignee = Assignee(principal, ownIssuer: ownIssuer)
        let assigned = assignments.roles(of: assignee, in: principal.organization?.id)
        return ResolvedRoles(
            given: given,
            assigned: assigned,
            active: principal.activeRoles,
            limits: principal.isDelegated ? principal.delegatedPermissions : nil,
            self
        )
    }

    /// Returns true if a check is allowed, like ``decide(_:ownIssuer:)`` without the reasons.
    public func allows(_ check: AccessCheck, ownIssuer: String? = nil) -> Bool {
        verdict(on: check, ownIssuer: ownIssuer) == .allowed
    }

    func verdict(on check: AccessCheck, ownIssuer: String? = nil) -> Verdict {
        guard check.principal.covers(check.permission) else { return .denied }
        let set = roleSet(for: check, ownIssuer: ownIssuer)
        let id = permissions.id(of: check.permission)
        if let verdict = set.verdict(id: id) { return verdict }
        let facts =
            rules.isEmpty
            ? nil
            : CheckFacts(
                check.principal,
                check.permission,
                check.details,
                roles: effectiveRoles(for: check, ownIssuer).names
            )
        return set.verdict(on: check.permission, id: id, self, facts)
    }

    private func effectiveRoles(for check: AccessCheck, _ ownIssuer: String?) -> EffectiveRoles {
        effectiveRoles(of: check.principal, ownIssuer: ownIssuer, on: check.resource?.resourceID, at: check.time)
    }

    /// Returns the set of roles that are held for a check, without the lists and texts that reasons need.
    private func roleSet(for check: AccessCheck, ownIssuer: String?) -> RoleSet {
        guard check.principal.activeRoles == nil else { return roleSet(effectiveRoles(for: check, ownIssuer)) }
        let assigned = assignments.positions(of: check.principal.id)
        let capacity = check.principal.roles.count + assigned.count
        let assignee = assigned.isEmpty ? nil : Assignee(check.principal, ownIssuer: ownIssuer)
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: capacity) { held in
            var count = 0  // each list is walked once, so that the count stays within the capacity
            for index in check.principal.roles.indices where check.principal.roles[index].holds(for: check) {
                let id = roleNames.unownedView.id(of: check.principal.roles[index].role)
                held.initializeElement(at: count, to: id ?? CompiledRole.undefined)
                count += 1
            }
            for position in assigned {
                guard let assignee, let id = assignments.role(at: position, of: assignee, for: check) else { continue }
                held.initializeElement(at: count, to: id)
                count += 1
            }
            return roleSets.roleSet(for: UnsafeMutableBufferPointer(rebasing: held[..<count])) { RoleSet($0, self) }
        }
    }

    func roleSet(_ held: EffectiveRoles) -> RoleSet {
        roleSet(held.ids.map { $0 ?? CompiledRole.undefined })
    }

    /// - Parameter held: the roles by id, ``CompiledRole/undefined`` for those that the policy does not define.
    func roleSet(_ held: [Int]) -> RoleSet {
        var held = held
        return held.withUnsafeMutableBufferPointer { roleSets.roleSet(for: $0) { RoleSet($0, self) } }
    }
}

extension RoleAssignment {
    @inline(__always)
    fileprivate func holds(for check: AccessCheck) -> Bool {
        !isBounded || holds(for: check.resource?.resourceID, at: check.time)
    }
}
