extension Policy {
    /// Returns the errors of the constraints themselves.
    func constraintFindings(_ roles: RoleIndex) -> [Finding] {
        var ids: Set<ByteText> = []
        var findings: [Finding] = []
        for (index, constraint) in constraints.enumerated() {
            if constraint.id.isEmpty {
                findings.append(
                    Finding(.invalidConstraint, "a constraint's id is not empty", at: .constraint(index, .id))
                )
            } else if !ids.insert(ByteText(constraint.id)).inserted {
                let message = "the constraint “\(constraint.id.printable)” is defined twice"
                findings.append(Finding(.duplicateID, message, at: .constraint(index, .id)))
            }
            for (entry, role) in constraint.roles.enumerated() where roles[role] == nil {
                findings.append(unknownRole(role, at: .constraintRole(constraint: index, entry)))
            }
            if !constraint.hasMeaningfulLimit {
                let message = "the limit of a constraint is from 1 to the number of its different roles minus 1"
                findings.append(Finding(.invalidConstraint, message, at: .constraint(index, .limit)))
            }
        }
        return findings
    }

    /// Returns the errors of the assignments, each for itself.
    func assignmentFindings(_ roles: RoleIndex) -> [Finding] {
        var findings: [Finding] = []
        for (index, assignment) in assignments.enumerated() {
            if assignment.principal.isEmpty {
                findings.append(
                    Finding(.invalidAssignment, "a principal's id is not empty", at: .assignment(index, .principal))
                )
            } else if assignment.namesNobody {
                let message =
                    "no principal is named “\(assignment.principal.printable)”; what everybody may do, a rule for “\(Rule.everyone)” "
                    + "says"
                findings.append(Finding(.invalidAssignment, message, at: .assignment(index, .principal)))
            }
            if !Name.isSegment(assignment.type) {
                let message = "a type is one segment of A-Z a-z 0-9 _ - ."
                findings.append(Finding(.invalidAssignment, message, at: .assignment(index, .type)))
            }
            if assignment.issuer?.isEmpty == true {
                let message = "an issuer is not empty; leave it out for the authorizer's own"
                findings.append(Finding(.invalidAssignment, message, at: .assignment(index, .issuer)))
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
}

extension Assignment {
    /// True if the principal is `*` or `type:*`, which looks like everybody and is nobody's id.
    fileprivate var namesNobody: Bool {
        if principal.hasSameBytes(as: Rule.everyone) { return true }
        let bytes = principal.utf8
        return bytes.count > 2 && bytes.suffix(2).elementsEqual(":*".utf8)
            && Name.isSegment(String(Substring(bytes.dropLast(2))))
    }
}

extension Constraint {
    /// True if the limit forbids something, but not everything.
    var hasMeaningfulLimit: Bool { limit >= 1 && limit < Set(roles.map { ByteText($0) }).count }
}
