#if PolicyFiles
import Gatehouse

private enum PolicyKey: String, CaseIterable {
    case gatehouse, combining, permissions, roles, rules, constraints, assignments
}

private enum RoleKey: String, CaseIterable {
    case description, inherits, grants, denies
}

/// Makes a policy of a document's tree, and keeps where each part of it stands.
struct PolicyReader {
    var policy = Policy()
    /// What keeps the document from being a policy at all.
    var errors: [SyntaxError] = []
    /// What else is wrong that only the document shows; the rest is found in the policy.
    var findings: [Finding] = []
    var positions: [PolicyLocation: SourcePosition] = [:]

    /// Every finding, by place.
    ///
    /// What the policy's own check says of a part that could not be read is left out: the reason stands already. So are
    /// warnings then, and violations of constraints of which a part may be missing.
    func allFindings() -> [Finding] {
        let semantic = policy.findings().compactMap { finding -> Finding? in
            if !findings.isEmpty, finding.severity == .warning || finding.code == .constraintViolated { return nil }
            guard let location = finding.location else { return finding }
            guard let position = positions[location] else { return findings.isEmpty ? finding : nil }
            var finding = finding
            finding.position = position
            return finding
        }
        let start = SourcePosition(line: 1, column: 1)
        return (findings + semantic).enumerated()
            .sorted { ($0.element.position ?? start, $0.offset) < ($1.element.position ?? start, $1.offset) }
            .map(\.element)
    }

    mutating func read(_ root: DocumentNode) {
        guard let members = mapping(root, "the document") else { return }
        var hasFormat = false
        for member in members {
            switch PolicyKey(bytesOf: member.key) {
            case .gatehouse:
                hasFormat = true
                readFormat(member.value)
            case .combining: readCombining(member.value)
            case .permissions: readCatalogue(member.value)
            case .roles: readRoles(member.value)
            case .rules: readRules(member.value)
            case .constraints: readConstraints(member.value)
            case .assignments: readAssignments(member.value)
            case nil: unknown(member, in: "a policy document")
            }
        }
        if !hasFormat { errors.append(SyntaxError("“gatehouse: 1” is missing", at: root.position)) }
    }

    private mutating func readFormat(_ node: DocumentNode) {
        if case .number(let number) = node.value, number.integer == 1 { return }
        errors.append(
            SyntaxError("the format is not supported: “gatehouse” must be the integer 1", at: node.position)
        )
    }

    private mutating func readCombining(_ node: DocumentNode) {
        guard let combining = node.string.flatMap({ Combining(bytesOf: $0) }) else {
            let names = Combining.allCases.map { "“\($0.rawValue)”" }.joined(separator: " or ")
            return errors.append(SyntaxError("“combining” must be \(names)", at: node.position))
        }
        policy.combining = combining
    }

    private mutating func readCatalogue(_ node: DocumentNode) {
        guard let members = mapping(node, "“permissions”") else { return }
        policy.permissions = members.enumerated().map { index, member in
            positions[.permission(index)] = member.keyPosition
            return CataloguedPermission(member.key, string(member.value, "a permission's description") ?? "")
        }
    }

    private mutating func readRoles(_ node: DocumentNode) {
        for (index, member) in (mapping(node, "“roles”") ?? []).enumerated() {
            positions[.role(index)] = member.keyPosition
            var role = Role(member.key)
            readRole(member.value, into: &role, index)
            policy.roles.append(role)
        }
    }

    private mutating func readRole(_ node: DocumentNode, into role: inout Role, _ index: Int) {
        for member in mapping(node, "a role") ?? [] {
            switch RoleKey(bytesOf: member.key) {
            case .description: role.description = string(member.value, "“description”")
            case .inherits: role.inherits = strings(member) { .inherited(role: index, $0) }
            case .grants: role.grants = strings(member) { .grant(role: index, $0) }
            case .denies: role.denies = strings(member) { .denial(role: index, $0) }
            case nil: unknown(member, in: "a role")
            }
        }
    }

    private mutating func readRules(_ node: DocumentNode) {
        for (index, element) in entries(of: node, "rules", .invalidRule).enumerated() {
            let reader = RuleReader(element.members, at: element.position, index)
            policy.rules.append(reader.rule)
            take(reader.findings, reader.positions)
        }
    }

    private mutating func readConstraints(_ node: DocumentNode) {
        for (index, element) in entries(of: node, "constraints", .invalidConstraint).enumerated() {
            let reader = ConstraintReader(element.members, at: element.position, index)
            policy.constraints.append(reader.constraint)
            take(reader.findings, reader.positions)
        }
    }

    private mutating func readAssignments(_ node: DocumentNode) {
        for (index, element) in entries(of: node, "assignments", .invalidAssignment).enumerated() {
            let reader = AssignmentReader(element.members, at: element.position)
            policy.assignments.append(reader.assignment)
            positions[.assignment(index, nil)] = element.position
            for (member, position) in reader.positions { positions[.assignment(index, member)] = position }
            findings += reader.findings
        }
    }

    private mutating func take(_ findings: [Finding], _ positions: [PolicyLocation: SourcePosition]) {
        self.findings += findings
        self.positions.merge(positions) { _, new in new }
    }

    /// The mappings of a list; an entry that is none is a finding.
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
