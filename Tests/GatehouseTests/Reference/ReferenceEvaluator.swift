import Gatehouse

/// The decision rule of the contract, written as it is said: slow and obviously right. The engine is compared with it.
struct ReferenceEvaluator {
    let policy: Policy

    struct Answer: Equatable {
        var isAllowed: Bool
        /// Role and pattern of everything that decided, in the order of the policy; empty for the default.
        var deciding: [String]
    }

    func answer(_ check: AccessCheck) -> Answer {
        let held = heldRoles(check)
        let reached = policy.roles.filter { role in
            held.contains { $0 == role.name || inherited(by: $0).contains(role.name) }
        }
        let denials = reached.flatMap { role in matching(role.denies, check).map { "\(role.name) denies \($0)" } }
        if !denials.isEmpty { return Answer(isAllowed: false, deciding: denials) }
        let grants = reached.flatMap { role in matching(role.grants, check).map { "\(role.name) grants \($0)" } }
        return Answer(isAllowed: !grants.isEmpty, deciding: grants)
    }

    func heldRoles(_ check: AccessCheck) -> [String] {
        let assigned = policy.assignments.filter { assignment in
            assignment.principal == check.principal.id
                && (assignment.organization == nil || assignment.organization == check.principal.organization?.id)
        }
        return (check.principal.roles + assigned.map(\.role)).filter { holds($0, check) }.map(\.role)
    }

    private func holds(_ role: RoleAssignment, _ check: AccessCheck) -> Bool {
        if let resource = role.resource, resource != check.resource?.resourceID { return false }
        if let notBefore = role.notBefore, check.time < notBefore { return false }
        if let notAfter = role.notAfter, !(check.time < notAfter) { return false }
        return true
    }

    /// Every role that the role inherits, directly or not. The policies compared have no cycles.
    private func inherited(by name: String) -> Set<String> {
        var result: Set<String> = []
        for role in policy.roles where role.name == name {
            for parent in role.inherits { result.formUnion([parent] + inherited(by: parent)) }
        }
        return result
    }

    private func matching(_ patterns: [String], _ check: AccessCheck) -> [String] {
        var result: [String] = []
        for pattern in patterns where Self.matches(pattern, check.permission.name) && !result.contains(pattern) {
            result.append(pattern)
        }
        return result
    }

    static func matches(_ pattern: String, _ name: String) -> Bool {
        let patternParts = pattern.split(separator: ":").map(String.init)
        let nameParts = name.split(separator: ":").map(String.init)
        if patternParts.last == "**" {
            let head = patternParts.dropLast()
            return nameParts.count > head.count && zip(head, nameParts).allSatisfy { $0 == "*" || $0 == $1 }
        }
        return patternParts.count == nameParts.count
            && zip(patternParts, nameParts).allSatisfy { $0 == "*" || $0 == $1 }
    }
}
