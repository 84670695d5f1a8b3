extension EnginePair {
    /// The roles of a principal under each policy in some scope and at some time.
    struct Situation: Hashable {
        var before: [ByteText] = []
        var after: [ByteText] = []

        static func + (lhs: Self, rhs: Self) -> Self {
            Situation(before: lhs.before + rhs.before, after: lhs.after + rhs.after)
        }
    }

    /// A subject, and every situation to judge.
    struct Question {
        var subject: PolicyDifference.Subject
        var situations: Set<Situation>
    }

    /// Returns each different situation that the assignments to an id can lead to.
    ///
    /// Several principals, of different types or issuers, may have the same id. A question names both type and issuer, the type alone, or
    /// neither; and the authorizer's own issuer is not known.
    func situations(of principal: String) -> Set<Situation> {
        let (old, new) = (before.assignments.assignments(of: principal), after.assignments.assignments(of: principal))
        return Self.bearers(of: Array(old + new)).reduce(into: []) { situations, isNamed in
            situations.formUnion(self.situations(old.filter(isNamed), new.filter(isNamed)))
        }
    }

    /// Returns the assignments to each principal of one id.
    private static func bearers(of assignments: [Assignment]) -> [(Assignment) -> Bool] {
        let owners = Set(assignments.map { AssignedPrincipal($0) })
        guard owners.count > 1 else { return [{ _ in true }] }
        let types = Set(owners.map(\.type))
        return [{ _ in true }]
            + types.map { type in { AssignedPrincipal($0).type == type } }
            + owners.flatMap { owner in
                [
                    { AssignedPrincipal($0) == owner },
                    { $0.issuer == nil && ByteText($0.type) == owner.type || AssignedPrincipal($0) == owner },
                ]
            }
    }

    /// Returns each different situation that the assignments to one of the principals can lead to.
    private func situations(_ old: [Assignment], _ new: [Assignment]) -> Set<Situation> {
        let times = Set((old + new).flatMap { [$0.role.notBefore, $0.role.notAfter].compactMap(\.self) })
        return ([.distantPast] + times).reduce(into: []) { situations, time in
            var held: [AssignmentScope: Situation] = [:]
            for assignment in old where assignment.role.isInForce(at: time) {
                held[AssignmentScope(assignment), default: Situation()].before.append(ByteText(assignment.role.role))
            }
            for assignment in new where assignment.role.isInForce(at: time) {
                held[AssignmentScope(assignment), default: Situation()].after.append(ByteText(assignment.role.role))
            }
            situations.formUnion(Self.situations(held))
        }
    }

    /// Returns the situations in which an organization and a resource meet. Organizations with the same roles count as one, and so do
    /// resources, so that most scopes need no visit.
    private static func situations(_ held: [AssignmentScope: Situation]) -> Set<Situation> {
        func at(_ organization: ByteText?, _ resource: ResourceID?) -> Situation {
            held[AssignmentScope(organization: organization, resource: resource)] ?? Situation()
        }
        let organizations = Dictionary(grouping: Set(held.keys.compactMap(\.organization))) { at($0, nil) }
        let resources = Dictionary(grouping: Set(held.keys.compactMap(\.resource))) { at(nil, $0) }
        let everywhere = at(nil, nil)
        var situations: Set<Situation> = [everywhere]
        /// The number of scopes in which two groups meet and that have assignments of their own.
        var special: [[Situation]: Int] = [:]
        for scope in held.keys {
            guard let organization = scope.organization, let resource = scope.resource else { continue }
            let parts = [at(organization, nil), at(nil, resource)]
            special[parts, default: 0] += 1
            situations.insert(everywhere + parts[0] + parts[1] + at(organization, resource))
        }
        for (lhs, theirs) in organizations {
            situations.insert(everywhere + lhs)
            for (rhs, those) in resources where special[[lhs, rhs], default: 0] < theirs.count * those.count {
                situations.insert(everywhere + lhs + rhs)
            }
        }
        for rhs in resources.keys { situations.insert(everywhere + rhs) }
        return situations
    }
}
