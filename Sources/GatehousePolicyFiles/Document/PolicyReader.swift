#if PolicyFiles
import Gatehouse

private enum PolicyKey: String, CaseIterable {
    case gatehouse, combining, permissions, roles, rules, constraints, assignments
}

private enum RoleKey: String, CaseIterable {
    case description, inherits, grants, denies
}

/// A reader that makes a policy from a document's tree, and stores the position of each part.
struct PolicyReader {
    var policy = Policy()
    /// The faults that keep the document from being a policy.
    var errors: [SyntaxError] = []
    /// The other faults that only the document shows. The policy's own check finds the rest.
    var findings: [Finding] = []
    var positions: [Finding.Location: SourcePosition] = [:]
    /// The indices of constraints and assignments that could not be read completely, so that their principals and roles are uncertain.
    var unreadConstraints: Set<Int> = []
    var unreadAssignments: Set<Int> = []

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
            case nil: unknown(member, in: "a policy document", PolicyKey.suggestion(for: member.key))
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
        guard let combining = node.string.flatMap({ Policy.Combining(bytesOf: $0) }) else {
            let names = Policy.Combining.allCases.map { "“\($0.rawValue)”" }.joined(separator: " or ")
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
            case nil: unknown(member, in: "a role", RoleKey.suggestion(for: member.key))
            }
        }
    }
}
#endif
