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

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

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

/// What every role says of one permission.
struct Stances {
    /// By role id.
    private let byRole: [Stance]
    /// What the rules for everyone say.
    private let ofEveryone: Stance
    private let engine: PolicyEngine

    init(on permission: Permission, _ engine: PolicyEngine) {
        self.engine = engine
        let id = engine.permissions.id(of: permission)
        var byRole = engine.roles.map { role in
            var stance: Stance = []
            if role.grants.contains(where: { $0.matches(permission, id: id) }) { stance.insert(.grants) }
            if role.denies.contains(where: { $0.matches(permission, id: id) }) { stance.insert(.denies) }
            return stance
        }
        var ofEveryone: Stance = []
        for index in engine.ruleIndex.rules(about: permission, id: id, engine.segments) {
            let rule = engine.rules[index]
            let stance = Stance(rule)
            if rule.isForEveryone { ofEveryone.formUnion(stance) }
            for role in rule.roles.compactMap(\.self) { byRole[role].formUnion(stance) }
        }
        for role in engine.inheritedFirst {
            for inherited in engine.roles[role].inherits { byRole[role].formUnion(byRole[inherited]) }
        }
        self.byRole = byRole
        self.ofEveryone = ofEveryone
    }

    /// What holding roles comes to. An undefined role is nil.
    func possibility(holding roles: some Sequence<Int?>) -> Possibility {
        let held = Array(roles)
        guard !engine.violatesConstraints(held.compactMap(\.self)) else { return .never }
        let stances = held.map { role in role.map { byRole[$0] } ?? [] }
        switch engine.policy.combining {
        case .denyOverrides:
            return stances.reduce(ofEveryone) { $0.union($1) }.possibility
        case .anyCleanRole:
            return (stances.isEmpty ? [[]] : stances).map { $0.union(ofEveryone).possibility }.max() ?? .never
        }
    }
}

extension PolicyEngine {
    /// The roles by id, each after all that it inherits. Without recursion: a chain may be as long as the policy.
    var inheritedFirst: [Int] {
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

    func violatesConstraints(_ held: [Int]) -> Bool {
        !constraints.isEmpty && !violatedConstraints(Inheritance(from: held, roles)).isEmpty
    }
}
