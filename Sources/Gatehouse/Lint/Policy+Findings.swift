extension Policy {
    /// Everything that is wrong with the policy: errors, or, where there is none, warnings. An engine can be made from
    /// a policy without errors.
    public func findings() -> [Finding] {
        let validation = PolicyValidation(self)
        guard validation.errors.isEmpty, let graph = validation.graph else { return validation.errors }
        return warnings(validation.roles, graph, validation.patterns)
    }

    private func warnings(_ roles: RoleIndex, _ graph: RoleGraph, _ patterns: PatternTable) -> [Finding] {
        var patterns = patterns
        let numbered = NumberedPolicy(self, roles, graph, &patterns)
        return unusedPermissions(&patterns) + grantWarnings(numbered, patterns) + emptyRoles(roles)
            + unreachableRules(numbered, patterns) + emptyWindows()
    }
}
