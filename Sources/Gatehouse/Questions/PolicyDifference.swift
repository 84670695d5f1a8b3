/// A permission that somebody gains or loses by a change of policy.
public struct PolicyDifference: Sendable, Hashable {
    /// Who gains or loses.
    public enum Subject: Sendable, Hashable {
        /// Whoever holds the role and nothing else.
        case role(String)
        /// A principal, by the policies' own assignments.
        case principal(String)
    }

    /// What happens to the permission.
    public enum Change: String, Sendable, Codable, CaseIterable {
        case gains
        case loses
    }

    /// Who gains or loses.
    public var subject: Subject
    /// Which permission.
    public var permission: String
    /// What happens to it.
    public var change: Change
}

extension PolicyEngine {
    /// Who gains and loses what where another policy takes the place of this one: for each role and each principal of
    /// either, over the permissions that either names, sorted by subject (roles first), permission and change.
    ///
    /// A permission that depends on conditions counts as less than one that does not, and as more than none. Where it
    /// depends on conditions under both and these differ, some may gain and some may lose, and both are listed. A
    /// principal is judged in every place and at every time that its assignments tell apart.
    public func differences(to other: PolicyEngine) -> [PolicyDifference] {
        let pair = EnginePair(before: self, after: other)
        return pair.roleDifferences + pair.principalDifferences
    }
}

/// Two policies side by side.
private struct EnginePair {
    let before: PolicyEngine
    let after: PolicyEngine
    private let permissions: [Permission]

    init(before: PolicyEngine, after: PolicyEngine) {
        self.before = before
        self.after = after
        permissions = Set((before.permissionNames + after.permissionNames).map { ByteText($0) }).sorted()
            .map { Permission(wellFormed: $0.string) }
    }

    var roleDifferences: [PolicyDifference] {
        names(\.roleNames.names).flatMap { role in
            differences(of: .role(role), changes([role], [role]).map { Set($0) })
        }
    }

    var principalDifferences: [PolicyDifference] {
        names(\.assignments.names).flatMap { principal in
            var changes = permissions.map { _ in Set<PolicyDifference.Change>() }
            for situation in Set(situations(of: principal)) {
                for (index, change) in self.changes(situation.before, situation.after).enumerated() {
                    changes[index].formUnion(change)
                }
            }
            return differences(of: .principal(principal), changes)
        }
    }

    private func differences(
        of subject: PolicyDifference.Subject,
        _ changes: [Set<PolicyDifference.Change>]
    ) -> [PolicyDifference] {
        zip(permissions, changes).flatMap { permission, changes in
            PolicyDifference.Change.allCases.filter(changes.contains).map {
                PolicyDifference(subject: subject, permission: permission.name, change: $0)
            }
        }
    }

    private func names(_ names: (PolicyEngine) -> [String]) -> [String] {
        Set((names(before) + names(after)).map { ByteText($0) }).sorted().map(\.string)
    }

    /// What changes for whoever holds these roles, permission by permission.
    private func changes(_ old: [String], _ new: [String]) -> [[PolicyDifference.Change]] {
        let oldSet = before.roleSet(HeldRoles(old, before.roleNames))
        let newSet = after.roleSet(HeldRoles(new, after.roleNames))
        return permissions.map { permission in
            let (oldID, newID) = (before.permissions.id(of: permission), after.permissions.id(of: permission))
            let lhs = oldSet.possibility(of: permission, id: oldID, before)
            let rhs = newSet.possibility(of: permission, id: newID, after)
            if lhs != rhs { return [lhs < rhs ? .gains : .loses] }
            guard lhs == .conditional,
                oldSet.prospects(of: permission, id: oldID, before)
                    != newSet.prospects(of: permission, id: newID, after)
            else { return [] }
            return [.gains, .loses]
        }
    }

    // MARK: Places and times

    /// What a principal holds under each policy at one place and time.
    private struct Situation: Hashable {
        var before: [String]
        var after: [String]
    }

    private func situations(of principal: String) -> [Situation] {
        let (old, new) = (before.assignments.assignments(of: principal), after.assignments.assignments(of: principal))
        let times = Set((old + new).flatMap { [$0.role.notBefore, $0.role.notAfter].compactMap(\.self) })
        let organizations = Set((old + new).map { $0.organization.map { ByteText($0) } } + [nil])
        let resources = Set((old + new).map(\.role.resource) + [nil])
        let places = organizations.flatMap { organization in
            resources.map { Place(organization: organization, resource: $0) }
        }
        return ([.distantPast] + times).flatMap { time in
            places.map { place in
                Situation(before: Self.roles(old, place, time), after: Self.roles(new, place, time))
            }
        }
    }

    private static func roles(_ assignments: ArraySlice<Assignment>, _ place: Place, _ time: Timestamp) -> [String] {
        assignments
            .filter { $0.role.isInForce(at: time) && place.enclosing.contains(Place($0)) }
            .map(\.role.role)
    }
}
