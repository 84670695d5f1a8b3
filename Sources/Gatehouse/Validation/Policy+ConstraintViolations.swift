extension Policy {
    /// The number of violations that are reported. One role may bring everybody over the limits of every constraint.
    private static let maximumViolations = 100_000

    /// Returns a finding for each assignment that brings somebody over the limit of a static constraint, whatever its time or resource.
    func violationFindings(_ roles: RoleIndex, _ graph: RoleGraph) -> [Finding] {
        let groups = ConstraintGroup.groups(of: self, [.static], roles, graph)
        if groups.isEmpty || assignments.isEmpty { return [] }
        let assigned = NumberedAssignments(assignments, roles, graph)
        var duty = SeparationOfDuty(assigned, graph)
        /// The violations, each with whether it is reported for a principal in every organization.
        var violations: [(constraint: Int, assignment: Int, isEverywhere: Bool, breach: SeparationOfDuty.Breach)] = []
        for group in groups where violations.count < Self.maximumViolations {
            for breach in duty.breaches(of: group, atMost: Self.maximumViolations - violations.count) {
                let isEverywhere = assigned.organizations[breach.context] == nil
                let assignment = assigned.assignments[breach.low]
                violations.append((group.constraints[breach.member], assignment, isEverywhere, breach))
            }
        }
        violations.sort {
            ($0.assignment, $0.constraint, $0.isEverywhere ? 0 : 1, $0.breach.context)
                < ($1.assignment, $1.constraint, $1.isEverywhere ? 0 : 1, $1.breach.context)
        }
        let names = Dictionary(zip(graph.numbers, self.roles.map(\.name))) { first, _ in first }
        var findings: [Finding] = []
        for (index, violation) in violations.enumerated() {
            if index > 0,
                (violations[index - 1].assignment, violations[index - 1].constraint)
                    == (violation.assignment, violation.constraint)
            {
                continue
            }
            let breach = violation.breach
            var held = breach.roles.compactMap { names[$0].map { "“\($0)”" } }
            if held.count < breach.count { held.append("…") }
            findings.append(
                violationFinding(
                    violation.constraint,
                    violation.assignment,
                    in: assigned.organizations[breach.context],
                    holding: held.joined(separator: ", ")
                )
            )
        }
        return findings
    }

    private func violationFinding(
        _ constraint: Int,
        _ assignment: Int,
        in organization: String?,
        holding roles: String
    ) -> Finding {
        let position = organization.map { " in the organization “\($0.printable)”" } ?? ""
        let limit = constraints[constraint].limit
        let message =
            "with this role “\(assignments[assignment].principal.printable)” has \(roles)\(position), but the constraint "
            + "“\(constraints[constraint].id.printable)” allows at most \(limit) of its roles together"
        return Finding(.constraintViolated, message, at: .assignment(assignment, .role))
    }
}
