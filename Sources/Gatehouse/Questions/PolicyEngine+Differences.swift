extension PolicyEngine {
    /// Returns the permissions that each role and each principal gains and loses if another policy replaces this one. The result has the
    /// roles, principals and permissions of either policy, sorted by subject (roles first), permission and change.
    ///
    /// A permission that depends on conditions counts as less than an unconditional permission, and as more than none. If the permission
    /// depends on different conditions under the two policies, some may gain and some may lose, and the result lists both. A principal is
    /// judged in every place and at every time that its assignments distinguish. The gains and losses of somebody without roles are listed
    /// for the role `*`, unless another line shows them.
    ///
    /// - Throws: ``PolicyDifferenceError`` if the comparison takes too many steps. Roles that are defined alike, with all that they
    ///   inherit, take no steps if the rules and constraints are the same.
    public func differences(to other: PolicyEngine) throws(PolicyDifferenceError) -> [PolicyDifference] {
        var pair = EnginePair(before: self, after: other)
        let everyone = Question(subject: .role(Rule.everyone), situations: [Situation()])
        let questions = pair.roleQuestions + pair.principalQuestions
        // The steps are counted before anything is judged, so that a refusal comes at once.
        try pair.spend(on: [everyone] + questions)
        let named = questions.flatMap { pair.differences($0) }
        return pair.differences(everyone).filter { everyone in
            !named.contains { $0.permission == everyone.permission && $0.change == everyone.change }
        } + named
    }
}

/// The roles of a principal under each policy in some scope and at some time.
private struct Situation: Hashable {
    var before: [ByteText] = []
    var after: [ByteText] = []

    static func + (lhs: Self, rhs: Self) -> Self {
        Situation(before: lhs.before + rhs.before, after: lhs.after + rhs.after)
    }
}

/// A subject, and every situation to judge.
private struct Question {
    var subject: PolicyDifference.Subject
    var situations: Set<Situation>
}

/// Two policies side by side.
private struct EnginePair {
    let before: PolicyEngine
    let after: PolicyEngine
    /// The permissions that either policy names, each with its ids.
    private let permissions: [(permission: Permission, old: Int?, new: Int?)]
    /// The roles that give the same under both policies.
    private let unchanged: Set<String>
    /// True if nothing changes for a holder of only these roles.
    private let isFrameSame: Bool
    private var steps = 0

    /// The changes by the positions of their permissions.
    private typealias Changes = [Int: Set<PolicyDifference.Change>]

    init(before: PolicyEngine, after: PolicyEngine) {
        self.before = before
        self.after = after
        permissions = Set((before.permissionNames + after.permissionNames).map { ByteText($0) }).sorted().map {
            let permission = Permission(wellFormed: $0.string)
            return (permission, before.permissions.id(of: permission), after.permissions.id(of: permission))
        }
        isFrameSame = Self.frame(before.policy) == Self.frame(after.policy)
        unchanged = isFrameSame ? Self.unchangedRoles(before, after) : []
    }

    /// Returns the bytes of the parts that decide besides roles and assignments.
    private static func frame(_ policy: Policy) -> [UInt8] {
        PolicyContent(of: Policy(combining: policy.combining, rules: policy.rules, constraints: policy.constraints))
            .bytes
    }

    /// Returns the roles that are defined alike, with all that they inherit. Names and patterns are ASCII.
    private static func unchangedRoles(_ before: PolicyEngine, _ after: PolicyEngine) -> Set<String> {
        before.inheritedFirst.reduce(into: []) { unchanged, id in
            let role = before.policy.roles[id]
            guard let other = after.roleNames.id(of: role.name).map({ after.policy.roles[$0] }),
                role.grants == other.grants, role.denies == other.denies, role.inherits == other.inherits,
                role.inherits.allSatisfy(unchanged.contains)
            else { return }
            unchanged.insert(role.name)
        }
    }

    /// Counts the steps to judge everybody whose rights may change.
    mutating func spend(on questions: [Question]) throws(PolicyDifferenceError) {
        for question in questions {
            for situation in question.situations where !isUnchanged(situation) {
                try spend(situation.before, before)
                try spend(situation.after, after)
            }
        }
    }

    private mutating func spend(_ roles: [ByteText], _ engine: PolicyEngine) throws(PolicyDifferenceError) {
        let held = roles.compactMap { engine.roleNames.id(of: $0.string) }
        steps += permissions.count
        for together in engine.policy.combining == .denyOverrides ? [held] : held.map({ [$0] }) {
            guard steps <= PolicyDifferenceError.maximumSteps else { break }
            steps += 8 * RoleWalk(from: together, engine.roles).reached.count
        }
        guard steps <= PolicyDifferenceError.maximumSteps else { throw PolicyDifferenceError(.tooManySteps) }
    }

    private func isUnchanged(_ situation: Situation) -> Bool {
        isFrameSame && situation.before == situation.after
            && situation.before.allSatisfy { unchanged.contains($0.string) }
    }

    var roleQuestions: [Question] {
        names(\.roleNames.names).map { name in
            let held = [ByteText(name)]
            return Question(subject: .role(name), situations: [Situation(before: held, after: held)])
        }
    }

    var principalQuestions: [Question] {
        names(\.assignments.names).map { Question(subject: .principal($0), situations: situations(of: $0)) }
    }

    func differences(_ question: Question) -> [PolicyDifference] {
        let changes = question.situations.reduce(into: [:] as Changes) { changes, situation in
            if !isUnchanged(situation) { changes.merge(self.changes(situation)) { $0.union($1) } }
        }
        return differences(of: question.subject, changes)
    }

    private func differences(of subject: PolicyDifference.Subject, _ changes: Changes) -> [PolicyDifference] {
        changes.sorted { $0.key < $1.key }.flatMap { position, changes in
            PolicyDifference.Change.allCases.filter(changes.contains).map {
                PolicyDifference(subject: subject, permission: permissions[position].permission.name, change: $0)
            }
        }
    }

    private func names(_ names: (PolicyEngine) -> [String]) -> [String] {
        Set((names(before) + names(after)).map { ByteText($0) }).sorted().map(\.string)
    }

    /// Returns the changes for a holder of these roles.
    private func changes(_ situation: Situation) -> Changes {
        let old = situation.before.map(\.string), new = situation.after.map(\.string)
        let oldSet = before.roleSet(EffectiveRoles(old, before.roleNames)).whole(before)
        let newSet = after.roleSet(EffectiveRoles(new, after.roleNames)).whole(after)
        var changes: Changes = [:]
        for (position, (permission, old, new)) in permissions.enumerated() {
            let lhs = oldSet.possibility(of: permission, id: old, before)
            let rhs = newSet.possibility(of: permission, id: new, after)
            if lhs != rhs {
                changes[position] = [lhs < rhs ? .gains : .loses]
            } else if lhs == .conditional {
                let old = oldSet.prospects(of: permission, id: old, before)
                let new = newSet.prospects(of: permission, id: new, after)
                let mayGain = !new.allSatisfy { new in old.contains { $0.covers(new) } }
                let mayLose = !old.allSatisfy { old in new.contains { $0.covers(old) } }
                if mayGain { changes[position, default: []].insert(.gains) }
                if mayLose { changes[position, default: []].insert(.loses) }
            }
        }
        return changes
    }

    // MARK: Scopes and times

    /// Returns each different situation that the assignments to an id can lead to.
    ///
    /// Several principals, of different types or issuers, may have the same id. A question names both type and issuer, the type alone, or
    /// neither; and the authorizer's own issuer is not known.
    private func situations(of principal: String) -> Set<Situation> {
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
