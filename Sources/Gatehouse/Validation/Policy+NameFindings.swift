extension Policy {
    /// Returns the errors of the catalogue.
    func catalogueFindings() -> [Finding] {
        var seen: Set<ByteText> = []
        return (permissions ?? []).enumerated().compactMap { index, permission in
            if !Name.isWellFormed(permission.name) {
                return Finding(
                    .invalidName,
                    "\(NameError(.invalidPermission, permission.name))",
                    at: .permission(index)
                )
            }
            if !seen.insert(ByteText(permission.name)).inserted {
                return Finding(
                    .duplicateID,
                    "the permission “\(permission.name)” is catalogued twice",
                    at: .permission(index)
                )
            }
            return nil
        }
    }

    /// Returns the errors of the roles, except cycles.
    func roleFindings(_ roles: RoleIndex, _ catalogue: Set<ByteText>?, _ patterns: inout PatternTable) -> [Finding] {
        var findings: [Finding] = []
        for (index, role) in self.roles.enumerated() {
            if !Name.isWellFormed(role.name) {
                findings.append(Finding(.invalidName, "\(NameError(.invalidRole, role.name))", at: .role(index)))
            } else if roles[role.name] != index {
                findings.append(
                    Finding(.duplicateID, "the role “\(role.name)” is defined twice", at: .role(index))
                )
            }
            for (entry, inherited) in role.inherits.enumerated() where roles[inherited] == nil {
                findings.append(unknownRole(inherited, at: .inherited(role: index, entry)))
            }
            for (entry, pattern) in role.grants.enumerated() {
                findings += patternFinding(pattern, catalogue, &patterns, at: .grant(role: index, entry))
            }
            for (entry, pattern) in role.denies.enumerated() {
                findings += patternFinding(pattern, catalogue, &patterns, at: .denial(role: index, entry))
            }
        }
        return findings
    }

    func patternFinding(
        _ text: String,
        _ catalogue: Set<ByteText>?,
        _ patterns: inout PatternTable,
        at location: Finding.Location
    ) -> [Finding] {
        do throws(NameError) {
            let number = try patterns.insert(text)
            guard let catalogue, patterns.shapes[number].isName, !catalogue.contains(ByteText(text)) else { return [] }
            return [Finding(.unknownPermission, "the permission “\(text)” is not in the catalogue", at: location)]
        } catch {
            return [Finding(.invalidPattern, "\(error)", at: location)]
        }
    }
}
