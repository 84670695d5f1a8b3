extension PolicyEngine {
    /// The roles that count for a principal: those that its credential carries, then those that the policy assigns.
    func heldRoles(of principal: Principal) -> [RoleAssignment] {
        principal.roles + assignments.roles(of: principal.id, in: principal.organization?.id)
    }

    /// Compiles what a principal holds, once for many checks.
    public func resolve(_ principal: Principal) -> ResolvedPrincipal {
        resolve(heldRoles(of: principal))
    }

    /// Compiles what the holder of these roles may do; nothing of the policy's own assignments is added.
    func resolve(_ held: [RoleAssignment]) -> ResolvedPrincipal {
        ResolvedPrincipal(
            engine: self,
            held: held,
            standing: roleSet(of: held.filter { !$0.isBounded }),
            bounded: held.filter(\.isBounded).map { ($0, roleSet(of: [$0])) }
        )
    }

    private func roleSet(of held: [RoleAssignment]) -> RoleSet {
        roleSets.roleSet(for: held.compactMap { index[$0.role] }) { RoleSet($0, roles, permissions) }
    }
}
