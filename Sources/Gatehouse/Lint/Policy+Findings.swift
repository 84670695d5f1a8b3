extension Policy {
    /// Everything that is wrong with the policy: errors, or, where there is none, warnings. An engine can be made from
    /// a policy without errors.
    public func findings() -> [Finding] { findings(withWarnings: true) }

    /// What keeps an engine from being made from the policy.
    func errors() -> [Finding] { findings(withWarnings: false) }

    private func findings(withWarnings: Bool) -> [Finding] {
        let roles = RoleIndex(self.roles)
        let catalogue = permissions.map { Set($0.map { ByteText($0.name) }) }
        var patterns = PatternTable()
        patterns.reserveCapacity(self.roles.reduce(0) { $0 + $1.grants.count + $1.denies.count })
        var errors = catalogueFindings()
        errors += roleFindings(roles, catalogue, &patterns)
        errors += cycleFindings(roles)
        errors += ruleFindings(roles, catalogue, &patterns)
        errors += constraintFindings(roles)
        errors += assignmentFindings(roles)
        // Roles that are not defined bring nothing with them, but in a circle nobody knows who inherits what.
        if errors.contains(where: { $0.code == .inheritanceCycle }) { return withSuggestions(errors) }
        let graph = RoleGraph(self.roles, roles)
        errors += violationFindings(roles, graph)
        return errors.isEmpty && withWarnings ? warnings(roles, graph, patterns) : withSuggestions(errors)
    }

    private func warnings(_ roles: RoleIndex, _ graph: RoleGraph, _ patterns: PatternTable) -> [Finding] {
        var patterns = patterns
        let ruling = Ruling(self, roles, graph, &patterns)
        return unusedPermissions(&patterns) + grantWarnings(ruling, patterns) + emptyRoles(roles)
            + unreachableRules(ruling, patterns) + emptyWindows()
    }
}

extension Policy {
    func unknownRole(_ name: String, at location: Finding.Location) -> Finding {
        Finding(.unknownRole, "the role “\(name.printable)” is not defined", at: location)
    }
}

/// The place of each role by its name. Of two with one name the first counts.
struct RoleIndex: Sendable {
    private let places: [ByteText: Int]

    init(_ roles: [Role]) {
        places = Dictionary(roles.enumerated().map { (ByteText($1.name), $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(name: String) -> Int? { places[ByteText(name)] }
}
