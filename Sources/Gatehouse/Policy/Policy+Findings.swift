extension Policy {
    /// Everything that is wrong with the policy, in its order; empty if an engine can be made from it.
    public func findings() -> [Finding] {
        let roles = RoleIndex(self.roles)
        return catalogueFindings() + roleFindings(roles) + cycleFindings(roles) + assignmentFindings(roles)
    }

    private func catalogueFindings() -> [Finding] {
        var seen: Set<ByteText> = []
        return (permissions ?? []).enumerated().compactMap { index, permission in
            if !Name.isWellFormed(permission.name) {
                return Finding(.invalidName, "\(NameError(permission.name, is: .permission))", at: .permission(index))
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

    private func roleFindings(_ roles: RoleIndex) -> [Finding] {
        let catalogue = permissions.map { Set($0.map { ByteText($0.name) }) }
        var findings: [Finding] = []
        for (index, role) in self.roles.enumerated() {
            if !Name.isWellFormed(role.name) {
                findings.append(Finding(.invalidName, "\(NameError(role.name, is: .role))", at: .role(index)))
            } else if roles[role.name] != index {
                findings.append(
                    Finding(.duplicateID, "the role “\(role.name)” is defined twice", at: .role(index))
                )
            }
            for (entry, inherited) in role.inherits.enumerated() where roles[inherited] == nil {
                findings.append(unknownRole(inherited, at: .inherited(role: index, entry)))
            }
            for (entry, pattern) in role.grants.enumerated() {
                findings += patternFinding(pattern, catalogue, at: .grant(role: index, entry))
            }
            for (entry, pattern) in role.denies.enumerated() {
                findings += patternFinding(pattern, catalogue, at: .denial(role: index, entry))
            }
        }
        return findings
    }

    private func patternFinding(
        _ text: String,
        _ catalogue: Set<ByteText>?,
        at location: PolicyLocation
    ) -> [Finding] {
        do throws(NameError) {
            let pattern = try PermissionPattern(validating: text)
            guard let catalogue, let name = pattern.exactName, !catalogue.contains(ByteText(name)) else { return [] }
            return [Finding(.unknownPermission, "the permission “\(name)” is not in the catalogue", at: location)]
        } catch {
            return [Finding(.invalidPattern, "\(error)", at: location)]
        }
    }

    private func assignmentFindings(_ roles: RoleIndex) -> [Finding] {
        var findings: [Finding] = []
        for (index, assignment) in assignments.enumerated() {
            if assignment.principal.isEmpty {
                findings.append(
                    Finding(.invalidAssignment, "a principal's id is not empty", at: .assignment(index, .principal))
                )
            }
            if assignment.organization?.isEmpty == true {
                findings.append(
                    Finding(
                        .invalidAssignment,
                        "an organization's id is not empty; leave it out for all of them",
                        at: .assignment(index, .organization)
                    )
                )
            }
            if roles[assignment.role.role] == nil {
                findings.append(unknownRole(assignment.role.role, at: .assignment(index, .role)))
            }
        }
        return findings
    }

    private func unknownRole(_ name: String, at location: PolicyLocation) -> Finding {
        Finding(.unknownRole, "the role “\(name.printable)” is not defined", at: location)
    }
}

/// The place of each role by its name. Of two with one name the first counts.
struct RoleIndex: Sendable {
    private let places: [ByteText: Int]

    init(_ roles: [Role]) {
        places = Dictionary(roles.enumerated().map { (ByteText($1.name), $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(name: String) -> Int? { places[ByteText(name)] }
}
