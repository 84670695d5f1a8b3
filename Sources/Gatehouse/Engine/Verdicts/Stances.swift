/// The stances of roles on one permission.
struct Stances {
    /// The stances by role id; a stance is empty for a role that was not asked about.
    private let byRole: [Stance]
    /// The stance of the rules for everyone.
    private let ofEveryone: Stance
    let engine: PolicyEngine

    /// Makes the stance of every role, if nothing is known of a check.
    init(on permission: Permission, _ engine: PolicyEngine) {
        let rules = engine.ruleIndex.rules(
            about: permission,
            id: engine.permissions.id(of: permission),
            engine.segments
        )
        self.init(on: permission, among: engine.inheritedFirst, rules.map { (engine.rules[$0], nil) }, engine)
    }

    /// - Parameters:
    ///   - roles: The roles that are asked about, each after all roles that it inherits.
    ///   - rules: The rules about the permission, each with the outcome of its condition; `nil` if the outcome is not known.
    init(
        on permission: Permission,
        among roles: [Int],
        _ rules: [(rule: CompiledRule, truth: Truth?)],
        _ engine: PolicyEngine
    ) {
        self.engine = engine
        let id = engine.permissions.id(of: permission)
        var byRole = Array(repeating: [] as Stance, count: engine.roles.count)
        for role in roles {
            let (grants, denies) = (engine.roles[role].grants, engine.roles[role].denies)
            if grants.contains(where: { $0.matches(permission, id: id) }) { byRole[role].insert(.grants) }
            if denies.contains(where: { $0.matches(permission, id: id) }) { byRole[role].insert(.denies) }
        }
        var ofEveryone: Stance = []
        for (rule, truth) in rules {
            let stance = truth.map { Stance(rule, $0) } ?? Stance(rule)
            if rule.isForEveryone { ofEveryone.formUnion(stance) }
            for role in rule.roles.compactMap(\.self) { byRole[role].formUnion(stance) }
        }
        for role in roles {
            for inherited in engine.roles[role].inherits { byRole[role].formUnion(byRole[inherited]) }
        }
        self.byRole = byRole
        self.ofEveryone = ofEveryone
    }

    /// Returns the stance of a role together with the rules for everyone. For no role, or a role that is not defined, pass `nil`.
    func stance(of role: Int?) -> Stance { role.map { byRole[$0].union(ofEveryone) } ?? ofEveryone }

    /// Returns the sum of the stances of roles that are held together. An undefined role is `nil`.
    func sum(_ roles: some Sequence<Int?>) -> Sum {
        roles.reduce(into: Sum()) { sum, role in
            let stance = stance(of: role)
            sum.formUnion(Sum(together: stance, best: stance.possibility))
        }
    }

    /// Returns the possibility for these roles, at least one, if no constraint forbids the roles together.
    func possibility(of sum: Sum) -> Possibility {
        switch engine.policy.combining {
        case .denyOverrides: sum.together.possibility
        case .anyCleanRole: sum.best
        }
    }

    /// The sum of several roles' stances, to which more can be added.
    struct Sum {
        fileprivate var together: Stance = []
        /// The possibility for the best of the roles alone.
        fileprivate var best = Possibility.never

        mutating func formUnion(_ other: Sum) {
            together.formUnion(other.together)
            best = max(best, other.best)
        }

        func union(_ other: Sum) -> Sum {
            var result = self
            result.formUnion(other)
            return result
        }
    }
}
