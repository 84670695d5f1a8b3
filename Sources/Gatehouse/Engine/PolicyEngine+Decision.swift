extension PolicyEngine {
    /// Answers one question with every reason.
    ///
    /// Denied if any held role, itself or inherited, denies the permission; else allowed if one grants it; else denied.
    public func decide(_ check: AccessCheck) -> Decision {
        let resource = check.resource?.resourceID
        let held = heldRoles(of: check.principal)
            .filter { $0.holds(for: resource, at: check.time) }
            .compactMap { index[$0.role] }
        let inheritance = Inheritance(from: held, roles)
        let reached = inheritance.reached.sorted()  // reasons stand in the order of the policy

        let denials = reached.flatMap { role in
            matches(policy.roles[role].denies, check.permission).map { pattern in
                Reason.deny(role: policy.roles[role].name, pattern: pattern, path: names(inheritance.path(to: role)))
            }
        }
        if !denials.isEmpty { return Decision(isAllowed: false, reasons: denials, revision: revision) }

        let grants = reached.flatMap { role in
            matches(policy.roles[role].grants, check.permission).map { pattern in
                Reason.grant(role: policy.roles[role].name, pattern: pattern, path: names(inheritance.path(to: role)))
            }
        }
        guard grants.isEmpty else { return Decision(isAllowed: true, reasons: grants, revision: revision) }
        return Decision(isAllowed: false, reasons: [.default], revision: revision)
    }

    /// Those of a role's patterns that match the permission, each once.
    private func matches(_ patterns: [String], _ permission: Permission) -> [String] {
        var seen: Set<ByteText> = []
        return patterns.filter { text in
            guard let pattern = try? PermissionPattern(validating: text), pattern.matches(permission) else {
                return false
            }
            return seen.insert(ByteText(text)).inserted
        }
    }

    private func names(_ roles: [Int]) -> [String] { roles.map { policy.roles[$0].name } }
}
