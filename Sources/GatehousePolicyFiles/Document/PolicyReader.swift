#if PolicyFiles
import Gatehouse

private enum PolicyKey: String, CaseIterable {
    case gatehouse, combining, permissions, roles, assignments
}

private enum RoleKey: String, CaseIterable {
    case description, inherits, grants, denies
}

private enum Combining: String, CaseIterable {
    case denyOverrides = "deny-overrides"
    case anyCleanRole = "any-clean-role"
}

/// Makes a policy of a document's tree, and keeps where each part of it stands.
struct PolicyReader {
    private(set) var policy = Policy()
    /// What keeps the document from being a policy at all.
    var errors: [SyntaxError] = []
    /// What else is wrong that only the document shows; the rest is found in the policy.
    var findings: [Finding] = []
    var positions: [PolicyLocation: SourcePosition] = [:]

    /// Every finding, by place.
    ///
    /// What the policy's own check says of a part that could not be read is left out: the reason stands already.
    func allFindings() -> [Finding] {
        let semantic = policy.findings().compactMap { finding -> Finding? in
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
            case .combining: readCombining(member)
            case .permissions: readCatalogue(member.value)
            case .roles: readRoles(member.value)
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

    private mutating func readCombining(_ member: DocumentMember) {
        switch member.value.string.flatMap({ Combining(bytesOf: $0) }) {
        case .denyOverrides: break
        case .anyCleanRole:
            findings.append(
                Finding(.unknownKey, "“combining: any-clean-role” is not supported", position: member.keyPosition)
            )
        case nil:
            errors.append(SyntaxError("“combining” must be “deny-overrides”", at: member.value.position))
        }
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

    private mutating func readAssignments(_ node: DocumentNode) {
        guard case .sequence(let elements) = node.value else {
            return wrongType(node, "“assignments”", "a list")
        }
        for element in elements {
            guard case .mapping(let members) = element.value else {
                findings.append(
                    Finding(
                        .invalidAssignment,
                        "an assignment must be a mapping, not \(element.kind)",
                        position: element.position
                    )
                )
                continue
            }
            let index = policy.assignments.count
            let reader = AssignmentReader(members, at: element.position)
            policy.assignments.append(reader.assignment)
            findings += reader.findings
            positions[.assignment(index, nil)] = element.position
            for (member, position) in reader.positions { positions[.assignment(index, member)] = position }
        }
    }
}
#endif
