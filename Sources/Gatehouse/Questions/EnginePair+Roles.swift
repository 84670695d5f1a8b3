extension EnginePair {
    /// Returns the differences of roles, alone and beside other roles.
    ///
    /// - Parameters:
    ///   - questions: The questions about roles.
    ///   - principals: The differences of principals. A change that comes only beside other roles is not listed for a role if the change is
    ///     listed for a principal with the role.
    mutating func differences(
        ofRoles questions: [Question],
        beside principals: [PolicyDifference]
    ) throws(PolicyDifferenceError) -> [PolicyDifference] {
        var gained = FreedPermissions(permissions.map(\.permission), from: before, to: after)
        var lost = FreedPermissions(permissions.map(\.permission), from: after, to: before)
        let shown = changesByRole(principals)
        var differences: [PolicyDifference] = []
        for question in questions {
            var changes = changes(question)
            if case .role(let role) = question.subject, !question.situations.allSatisfy(isUnchanged) {
                let beside = [
                    (PolicyDifference.Change.gains, try gained.positions(for: role, &steps)),
                    (.loses, try lost.positions(for: role, &steps)),
                ]
                for (change, positions) in beside {
                    for position in positions where shown[ByteText(role)]?[position]?.contains(change) != true {
                        changes[position, default: []].insert(change)
                    }
                }
            }
            differences += self.differences(of: question.subject, changes)
        }
        return differences
    }

    /// Returns the changes of the principals with each role, by the role.
    private func changesByRole(_ principals: [PolicyDifference]) -> [ByteText: Changes] {
        let positions = Dictionary(
            permissions.indices.map { (permissions[$0].permission.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return principals.reduce(into: [:]) { shown, difference in
            guard case .principal(let id) = difference.subject, let position = positions[difference.permission] else {
                return
            }
            let roles = [before, after].flatMap { $0.assignments.assignments(of: id) }.map { ByteText($0.role.role) }
            for role in Set(roles) { shown[role, default: [:]][position, default: []].insert(difference.change) }
        }
    }
}
