/// Two policies side by side.
struct EnginePair {
    let before: PolicyEngine
    let after: PolicyEngine
    /// The permissions that either policy names, each with its ids.
    let permissions: [(permission: Permission, old: Int?, new: Int?)]
    /// The roles that give the same under both policies.
    private let unchanged: Set<String>
    /// True if nothing changes for a holder of only these roles.
    private let isFrameSame: Bool
    var steps = ComparisonSteps()

    /// The changes by the positions of their permissions.
    typealias Changes = [Int: Set<PolicyDifference.Change>]

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
        try steps.spend(permissions.count)
        for together in engine.policy.combining == .denyOverrides ? [held] : held.map({ [$0] }) {
            try steps.spend(8 * RoleWalk(from: together, engine.roles).reached.count)
        }
    }

    func isUnchanged(_ situation: Situation) -> Bool {
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
        differences(of: question.subject, changes(question))
    }

    func differences(of subject: PolicyDifference.Subject, _ changes: Changes) -> [PolicyDifference] {
        changes.sorted { $0.key < $1.key }.flatMap { position, changes in
            PolicyDifference.Change.allCases.filter(changes.contains).map {
                PolicyDifference(subject: subject, permission: permissions[position].permission.name, change: $0)
            }
        }
    }

    private func names(_ names: (PolicyEngine) -> [String]) -> [String] {
        Set((names(before) + names(after)).map { ByteText($0) }).sorted().map(\.string)
    }

    func changes(_ question: Question) -> Changes {
        question.situations.reduce(into: [:]) { changes, situation in
            if !isUnchanged(situation) { changes.merge(self.changes(situation)) { $0.union($1) } }
        }
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
}
