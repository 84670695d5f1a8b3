extension PolicyEngine {
    /// Returns the holders of a permission at a time by the policy's own assignments, one for each scope (organization and resource) that a
    /// principal's assignments name, if everything that the principal holds there allows the permission. The holders are sorted by the
    /// bytes of principal, organization, resource, type and issuer, where a missing part comes first. Assignments to one id under different
    /// types and issuers belong to different principals.
    ///
    /// If rules for everyone let everybody have the permission, the first holder is ``Rule/everyone``, which stands for everybody without a
    /// role that denies.
    public func whoCan(_ permission: Permission, at time: Timestamp) -> [PermittedPrincipal] {
        let stances = Stances(on: permission, self)
        var holders: [PermittedPrincipal] = []
        /// The roles by the assignments of each scope, and which of these lists each holder has.
        var lists: [[Int]] = []
        var questions: [[Int]] = []
        for principal in assignments.names.sorted(by: { $0.precedesByBytes($1) }) {
            let inForce = assignments.assignments(of: principal).filter { $0.role.isInForce(at: time) }
            let held = Dictionary(grouping: inForce) { OwnedScope($0) }.sorted { $0.key < $1.key }
            let first = lists.count
            lists += held.map { $1.compactMap { roleNames.id(of: $0.role.role) } }
            let numbers = Dictionary(uniqueKeysWithValues: held.enumerated().map { ($1.key, first + $0) })
            let sums = lists[first...].map { stances.sum($0) }
            for (owned, _) in held {
                let enclosing = owned.scope.enclosing.compactMap { numbers[OwnedScope($0, of: owned.owner)] }
                let sum = enclosing.reduce(into: Stances.Sum()) { $0.formUnion(sums[$1 - first]) }
                let possibility = stances.possibility(of: sum)
                guard possibility != .never else { continue }
                questions.append(enclosing)
                holders.append(PermittedPrincipal(owned, isConditional: possibility == .conditional))
            }
        }
        return anybody(stances) + zip(holders, areForbidden(questions, of: lists)).filter { !$1 }.map(\.0)
    }

    /// Returns the holder that stands for somebody without roles, if such a person has the permission.
    private func anybody(_ stances: Stances) -> [PermittedPrincipal] {
        let possibility = stances.possibility(of: stances.sum([nil]))
        guard possibility != .never else { return [] }
        return [PermittedPrincipal(principal: Rule.everyone, isConditional: possibility == .conditional)]
    }
}

extension PolicyEngine.PermittedPrincipal {
    fileprivate init(_ owned: OwnedScope, isConditional: Bool) {
        self.init(
            principal: owned.owner.principal.string,
            type: owned.owner.type.string,
            issuer: owned.owner.issuer?.string,
            organization: owned.scope.organization?.string,
            resource: owned.scope.resource,
            isConditional: isConditional
        )
    }
}

/// A scope that a principal's assignments name.
private struct OwnedScope: Hashable, Comparable {
    let scope: AssignmentScope
    let owner: AssignedPrincipal

    init(_ scope: AssignmentScope, of owner: AssignedPrincipal) {
        (self.scope, self.owner) = (scope, owner)
    }

    init(_ assignment: Assignment) {
        self.init(AssignmentScope(assignment), of: AssignedPrincipal(assignment))
    }

    static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.scope < rhs.scope || (lhs.scope == rhs.scope && lhs.owner < rhs.owner)
    }
}
