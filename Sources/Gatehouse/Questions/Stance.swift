/// What a role says of one permission, itself or by inheritance.
struct Stance: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// A grant, or an allow rule that applies whatever a check brings with it.
    static let grants = Stance(rawValue: 1)
    static let denies = Stance(rawValue: 2)
    /// An allow rule that depends on a condition.
    static let mayGrant = Stance(rawValue: 4)
    static let mayDeny = Stance(rawValue: 8)

    /// What a rule adds to those to whom it applies.
    init(_ rule: CompiledRule) {
        if rule.appliesNever {
            self = []
        } else if rule.effect == .allow {
            self = rule.appliesAlways ? .grants : .mayGrant
        } else {
            self = rule.appliesAlways ? .denies : .mayDeny
        }
    }

    /// What a rule adds in a check in which its condition comes to this.
    init(_ rule: CompiledRule, _ truth: Truth) {
        self = rule.applies(truth) ? rule.effect == .allow ? .grants : .denies : []
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Whether it denies, or may by a condition.
    var mayBeDenial: Bool { contains(.denies) || contains(.mayDeny) }

    /// Whether roles that say this together allow it.
    var possibility: Possibility {
        if contains(.denies) { return .never }
        if contains(.grants) { return contains(.mayDeny) ? .conditional : .always }
        return contains(.mayGrant) ? .conditional : .never
    }
}

/// Whether something is allowed, where nothing is known of a check's attributes.
enum Possibility: Comparable, Sendable {
    case never
    case conditional
    case always
}

/// What roles say of a permission together, as far as it matters to somebody else's policy.
struct Prospect: Hashable {
    /// A rule without the name by which reasons tell it.
    struct Clause: Hashable {
        var effect: Rule.Effect
        var condition: JSONValue?
    }

    var stance: Stance
    var clauses: Set<Clause>

    /// Whether it allows, whatever a check brings with it, all that another does.
    func covers(_ other: Prospect) -> Bool {
        if stance.contains(.denies) { return other.stance.contains(.denies) }
        let allows =
            stance.contains(.grants)
            || (!other.stance.contains(.grants) && clauses(.allow).isSuperset(of: other.clauses(.allow)))
        return allows && (other.stance.contains(.denies) || clauses(.deny).isSubset(of: other.clauses(.deny)))
    }

    private func clauses(_ effect: Rule.Effect) -> Set<Clause> { clauses.filter { $0.effect == effect } }
}

/// What roles say of one permission.
struct Stances {
    /// By role id; empty for roles that were not asked about.
    private let byRole: [Stance]
    /// What the rules for everyone say.
    private let ofEveryone: Stance
    let engine: PolicyEngine

    /// What every role says, where nothing is known of a check.
    init(on permission: Permission, _ engine: PolicyEngine) {
        let rules = engine.ruleIndex.rules(
            about: permission,
            id: engine.permissions.id(of: permission),
            engine.segments
        )
        self.init(on: permission, among: engine.inheritedFirst, rules.map { (engine.rules[$0], nil) }, engine)
    }

    /// - Parameters:
    ///   - roles: whom to ask, each after all that it inherits.
    ///   - rules: those about the permission, each with what its condition comes to; nil where that is not known.
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

    /// What a role says together with the rules for everyone. One that is not defined, or none, is nil.
    func stance(of role: Int?) -> Stance { role.map { byRole[$0].union(ofEveryone) } ?? ofEveryone }

    /// What roles come to that are held together. An undefined role is nil.
    func sum(_ roles: some Sequence<Int?>) -> Sum {
        roles.reduce(into: Sum()) { sum, role in
            let stance = stance(of: role)
            sum.formUnion(Sum(together: stance, best: stance.possibility))
        }
    }

    /// Whether these roles, of which there is one at least, allow it where no constraint forbids to hold them.
    func possibility(of sum: Sum) -> Possibility {
        switch engine.policy.combining {
        case .denyOverrides: sum.together.possibility
        case .anyCleanRole: sum.best
        }
    }

    /// What several roles come to, so that more can be added.
    struct Sum {
        fileprivate var together: Stance = []
        /// What the best of them comes to alone.
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

extension PolicyEngine {
    /// The roles by id, each after all that it inherits. Without recursion: a chain may be as long as the policy.
    static func inheritedFirst(_ roles: [CompiledRole]) -> [Int] {
        var order: [Int] = []
        var isSeen = Array(repeating: false, count: roles.count)
        for start in roles.indices where !isSeen[start] {
            isSeen[start] = true
            var walk = [(role: start, next: 0)]
            while let (role, next) = walk.last {
                guard next < roles[role].inherits.count else {
                    order.append(role)
                    walk.removeLast()
                    continue
                }
                walk[walk.count - 1].next += 1
                let inherited = roles[role].inherits[next]
                if !isSeen[inherited] {
                    isSeen[inherited] = true
                    walk.append((inherited, 0))
                }
            }
        }
        return order
    }
}
