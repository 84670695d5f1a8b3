extension PolicyEngine {
    /// Returns true if a principal may have fewer rights with a further role than without it. The role, or a role that it inherits, may
    /// deny something or be in a constraint. A rule may deny principals with the role, or allow only principals without it.
    func mayTakeAway(byAssigning role: String) -> Bool {
        let reached = roleNames.id(of: role).map { RoleWalk(from: [$0], roles).reached } ?? []
        // In a session an inherited role may be active, and conditions then read it.
        let names = Set([ByteText(role)] + reached.map { ByteText(policy.roles[$0].name) })
        if rules.contains(where: { $0.condition?.mayTurn($0.effect == .deny, byHoldingAnyOf: names) ?? false }) {
            return true
        }
        return reached.contains { role in
            !roles[role].denies.isEmpty || constraints.count(naming: role) > 0
                || (ruleIndex.byRole[role] ?? []).contains { rules[$0].effect == .deny }
        }
    }

    /// Returns true if a principal may lose a right when a role replaces another (`nil` for none).
    package func mayTakeAway(byReplacing former: String?, with role: String) -> Bool {
        if mayTakeAway(byAssigning: role) { return true }
        guard let former, !former.hasSameBytes(as: role) else { return false }
        // A role that inherits the former role keeps its grants.
        guard let role = roleNames.id(of: role), let former = roleNames.id(of: former) else { return true }
        return !RoleWalk(from: [role], roles).reached.contains(former)
    }
}
