extension Policy {
    /// Returns the errors of the rules.
    func ruleFindings(_ roles: RoleIndex, _ catalogue: Set<ByteText>?, _ patterns: inout PatternTable) -> [Finding] {
        var ids: Set<ByteText> = []
        var findings: [Finding] = []
        for (index, rule) in rules.enumerated() {
            if rule.id.isEmpty {
                findings.append(Finding(.invalidRule, "a rule's id is not empty", at: .rule(index, .id)))
            } else if !ids.insert(ByteText(rule.id)).inserted {
                let message = "the rule “\(rule.id.printable)” is defined twice"
                findings.append(Finding(.duplicateID, message, at: .rule(index, .id)))
            }
            if rule.roles.isEmpty {
                let message = "a rule names at least one role, or “\(Rule.everyone)”"
                findings.append(Finding(.invalidRule, message, at: .rule(index, .roles)))
            }
            for (entry, role) in rule.roles.enumerated() where !rule.isEveryone(role) && roles[role] == nil {
                findings.append(unknownRole(role, at: .ruleRole(rule: index, entry)))
            }
            if rule.permissions.isEmpty {
                let message = "a rule names at least one permission"
                findings.append(Finding(.invalidRule, message, at: .rule(index, .permissions)))
            }
            for (entry, pattern) in rule.permissions.enumerated() {
                findings += patternFinding(pattern, catalogue, &patterns, at: .rulePermission(rule: index, entry))
            }
            findings += rule.condition?.findings(rule: index) ?? []
        }
        return findings
    }
}

extension Rule {
    /// Returns true if this role stands for every principal.
    func isEveryone(_ role: String) -> Bool { role.hasSameBytes(as: Self.everyone) }
}
