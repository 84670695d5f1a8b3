extension Policy {
    /// Returns the grants that give nothing, since they are wholly denied or another grant covers them.
    func grantWarnings(_ numbered: NumberedPolicy, _ patterns: PatternTable) -> [Finding] {
        let questions = numbered.ownGrants.map { Coverage.Question(role: $0.role, pattern: $0.pattern) }
        var effort = LintEffort(for: patterns)
        let denied = Coverage(numbered.graph, patterns, numbered.ownDenials).answers(to: questions, .together, &effort)
        effort = LintEffort(for: patterns)
        let covered = Coverage(numbered.graph, patterns, numbered.ownGrants).answers(to: questions, .alone, &effort)
        /// The role in which each pattern was last seen.
        var seen: [Int?] = Array(repeating: nil, count: patterns.shapes.count)
        var findings: [Finding] = []
        var question = 0
        for (position, role) in roles.enumerated() {
            for (entry, pattern) in numbered.grants[position].enumerated() {
                let location = Finding.Location.grant(role: position, entry)
                if denied[question] != nil { findings.append(shadowed(role.grants[entry], by: role, at: location)) }
                if seen[pattern] == position || covered[question] != nil {
                    findings.append(redundant(role.grants[entry], by: role, at: location))
                }
                seen[pattern] = position
                question += 1
            }
        }
        return findings
    }

    private func shadowed(_ grant: String, by role: Role, at location: Finding.Location) -> Finding {
        let message = "the grant of “\(grant)” has no effect: “\(role.name)” denies all of it, itself or by inheritance"
        return Finding(.shadowedGrant, message, at: location)
    }

    private func redundant(_ grant: String, by role: Role, at location: Finding.Location) -> Finding {
        let message =
            "the grant of “\(grant)” adds nothing: “\(role.name)” has another, own or inherited, that covers it"
        return Finding(.redundantGrant, message, at: location)
    }

    /// Returns the roles that neither grant, deny nor inherit anything and that no rule names.
    func emptyRoles(_ roles: RoleIndex) -> [Finding] {
        let named = Set(rules.lazy.flatMap(\.roles).compactMap { roles[$0] })
        return self.roles.enumerated().compactMap { position, role in
            guard role.grants.isEmpty, role.denies.isEmpty, role.inherits.isEmpty, !named.contains(position) else {
                return nil
            }
            let message = "the role “\(role.name)” grants, denies and inherits nothing, and no rule names it"
            return Finding(.emptyRole, message, at: .role(position))
        }
    }

    /// Returns the permissions of the catalogue that no grant, denial or rule is about.
    func unusedPermissions(_ patterns: inout PatternTable) -> [Finding] {
        var effort = LintEffort(for: patterns)
        return (permissions ?? []).enumerated().compactMap { position, permission in
            if patterns.mayMatch(permission.name, &effort) { return nil }
            let message = "no grant, denial or rule is about the permission “\(permission.name)”"
            return Finding(.unusedPermission, message, at: .permission(position))
        }
    }
}
