/// The findings of a policy's validation, and its other results.
struct PolicyValidation {
    /// The errors, with suggestions; an engine can be made from a policy without any.
    let errors: [Finding]
    let roles: RoleIndex
    let patterns: PatternTable
    /// The inheritance; `nil` if inheritance runs in a cycle.
    let graph: RoleGraph?

    init(_ policy: Policy) {
        let roles = RoleIndex(policy.roles)
        let catalogue = policy.permissions.map { Set($0.map { ByteText($0.name) }) }
        var patterns = PatternTable()
        patterns.reserveCapacity(policy.roles.reduce(0) { $0 + $1.grants.count + $1.denies.count })
        var errors = policy.catalogueFindings()
        errors += policy.roleFindings(roles, catalogue, &patterns)
        errors += policy.cycleFindings(roles)
        errors += policy.ruleFindings(roles, catalogue, &patterns)
        errors += policy.constraintFindings(roles)
        errors += policy.assignmentFindings(roles)
        // An undefined role adds nothing, but in a cycle the inheritance is not defined.
        let hasCycle = errors.contains { $0.code == .inheritanceCycle }
        graph = hasCycle ? nil : RoleGraph(policy.roles, roles)
        if let graph { errors += policy.violationFindings(roles, graph) }
        self.errors = policy.withSuggestions(errors)
        self.roles = roles
        self.patterns = patterns
    }
}

extension Policy {
    func unknownRole(_ name: String, at location: Finding.Location) -> Finding {
        Finding(.unknownRole, "the role “\(name.printable)” is not defined", at: location)
    }
}
