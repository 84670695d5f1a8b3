extension Policy {
    /// Returns everything that is wrong with the policy: the errors or, if there are none, the warnings. A policy without errors makes an
    /// engine.
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
