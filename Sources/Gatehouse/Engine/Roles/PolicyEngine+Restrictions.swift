extension PolicyEngine {
    /// True if somebody may have fewer rights with a further role than without it. The role, or one that it inherits, may deny something
    /// or stand in a constraint; a rule may deny its holders, or allow only those who do not hold it.
    func mayTakeAway(byAssigning role: String) -> Bool {
        let reached = roleNames.id(of: role).map { RoleWalk(from: [$0], roles).reached } ?? []
        // In a session a role that is inherited may be active, and is then among those that conditions see.
        let names = Set([ByteText(role)] + reached.map { ByteText(policy.roles[$0].name) })
        if rules.contains(where: { $0.condition?.mayTurn($0.effect == .deny, byHoldingAnyOf: names) ?? false }) {
            return true
        }
        return reached.contains { role in
            !roles[role].denies.isEmpty || constraints.count(naming: role) > 0
                || (ruleIndex.byRole[role] ?? []).contains { rules[$0].effect == .deny }
        }
    }

    /// Returns true if somebody may lose something who is given a role in the place of another (`nil` if of none).
    package func mayTakeAway(byReplacing former: String?, with role: String) -> Bool {
        if mayTakeAway(byAssigning: role) { return true }
        guard let former, !former.hasSameBytes(as: role) else { return false }
        // Whoever inherits the former role keeps its grants.
        guard let role = roleNames.id(of: role), let former = roleNames.id(of: former) else { return true }
        return !RoleWalk(from: [role], roles).reached.contains(former)
    }
}
