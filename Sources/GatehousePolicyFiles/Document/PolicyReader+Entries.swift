#if PolicyFiles
import Gatehouse

/// The readers of the sections that are lists of mappings.
extension PolicyReader {
    mutating func readRules(_ node: DocumentNode) {
        for (index, element) in entries(of: node, "rules", .invalidRule).enumerated() {
            let reader = RuleReader(element.members, at: element.position, index)
            policy.rules.append(reader.rule)
            take(reader.findings, reader.positions)
        }
    }

    mutating func readConstraints(_ node: DocumentNode) {
        for (index, element) in entries(of: node, "constraints", .invalidConstraint).enumerated() {
            let reader = ConstraintReader(element.members, at: element.position, index)
            policy.constraints.append(reader.constraint)
            if !reader.findings.isEmpty { unreadConstraints.insert(index) }
            take(reader.findings, reader.positions)
        }
    }

    mutating func readAssignments(_ node: DocumentNode) {
        for (index, element) in entries(of: node, "assignments", .invalidAssignment).enumerated() {
            let reader = AssignmentReader(element.members, at: element.position)
            policy.assignments.append(reader.assignment)
            if !reader.findings.isEmpty { unreadAssignments.insert(index) }
            positions[.assignment(index, nil)] = element.position
            for (member, position) in reader.positions { positions[.assignment(index, member)] = position }
            findings += reader.findings
        }
    }

    private mutating func take(_ findings: [Finding], _ positions: [Finding.Location: SourcePosition]) {
        self.findings += findings
        self.positions.merge(positions) { _, new in new }
    }

    /// Returns the mappings of a list. An entry that is not a mapping adds a finding.
    private mutating func entries(
        of node: DocumentNode,
        _ name: String,
        _ code: Finding.Code
    ) -> [(members: [DocumentMember], position: SourcePosition)] {
        guard case .sequence(let elements) = node.value else {
            wrongType(node, "“\(name)”", "a list")
            return []
        }
        return elements.compactMap { element in
            if case .mapping(let members) = element.value { return (members, element.position) }
            findings.append(
                Finding(
                    code,
                    "an entry of “\(name)” must be a mapping, not \(element.kind)",
                    position: element.position
                )
            )
            return nil
        }
    }
}
#endif
