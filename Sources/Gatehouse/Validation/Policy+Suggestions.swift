extension Policy {
    /// Returns the findings. A finding about an unknown role or permission gets the name that may have been meant.
    func withSuggestions(_ findings: [Finding]) -> [Finding] {
        var roles: NearestNames?
        var permissions: NearestNames?
        return findings.map { finding in
            guard let name = finding.location.flatMap({ text(at: $0) }) else { return finding }
            var finding = finding
            switch finding.code {
            case .unknownRole:
                var names = roles ?? NearestNames(self.roles.map(\.name))
                finding.message += names.suggestion(for: name)
                roles = names
            case .unknownPermission:
                var names = permissions ?? NearestNames((self.permissions ?? []).map(\.name))
                finding.message += names.suggestion(for: name)
                permissions = names
            default: break
            }
            return finding
        }
    }

    /// Returns the name of the role or permission at a location.
    private func text(at location: Finding.Location) -> String? {
        switch location {
        case .inherited(let role, let index): roles[role].inherits[index]
        case .grant(let role, let index): roles[role].grants[index]
        case .denial(let role, let index): roles[role].denies[index]
        case .ruleRole(let rule, let index): rules[rule].roles[index]
        case .rulePermission(let rule, let index): rules[rule].permissions[index]
        case .constraintRole(let constraint, let index): constraints[constraint].roles[index]
        case .assignment(let index, .role): assignments[index].role.role
        default: nil
        }
    }
}
