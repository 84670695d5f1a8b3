extension PolicyEngine {
    /// Whether somebody to whom a role is assigned may come to hold less by it than before: because the role or one that it inherits
    /// denies something or stands in a constraint, or because a rule denies who holds one of these roles, or allows only who does not.
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
}
