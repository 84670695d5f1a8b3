extension PolicyEngine {
    /// Whether somebody to whom a role is assigned may come to hold less by it than before: because the role or one that it inherits
    /// denies something or stands in a constraint, or because a rule denies who holds the role, or allows only who does not.
    func mayTakeAway(byAssigning role: String) -> Bool {
        if rules.contains(where: { $0.condition?.mayTurn($0.effect == .deny, byHolding: role) ?? false }) {
            return true
        }
        guard let id = roleNames.id(of: role) else { return false }
        let reached = RoleWalk(from: [id], roles).reached
        return reached.contains { role in
            !roles[role].denies.isEmpty || constraints.count(naming: role) > 0
                || (ruleIndex.byRole[role] ?? []).contains { rules[$0].effect == .deny }
        }
    }
}
