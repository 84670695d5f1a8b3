extension Evidence {
    /// Returns the rules about these roles whose condition did not hold, or was unknown and denied.
    func undecided(_ authorized: Inheritance) -> [Explanation.NearMiss] {
        rules.compactMap { rule, truth -> Explanation.NearMiss? in
            guard truth == .unknown || (truth == .no && rule.effect == .allow),
                let role = applicableRole(of: rule, authorized)
            else { return nil }
            return .condition(
                rule: rule.id,
                role: role.map { engine.policy.roles[$0].name },
                missing: rule.condition?.missingPaths(in: facts) ?? []
            )
        }
    }
}
