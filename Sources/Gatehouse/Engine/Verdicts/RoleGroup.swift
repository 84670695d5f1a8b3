/// A group of roles that are judged together: all roles if denials override, or one role if one clean role is enough. Each role comes with
/// all that it inherits, and with the rules for everyone.
struct RoleGroup: Sendable {
    /// The ids of the permissions that are granted, and of those that are denied, in every check.
    let granted: IDSet
    let denied: IDSet
    /// The permissions that rules may grant and deny, by id.
    let perhapsGranted: IDSet
    let perhapsDenied: IDSet
    /// The rules that depend on a condition and are about these roles.
    let rules: IDSet
    /// The patterns for permissions that the policy does not name.
    private let grants: PatternTrie
    private let denials: PatternTrie

    init(_ held: [Int], _ engine: PolicyEngine) {
        let roles = RoleWalk(from: held, engine.roles).reached
        let named = roles.lazy.flatMap { engine.ruleIndex.byRole[$0] ?? [] }
        let applicable = Set(engine.ruleIndex.forEveryone + named).filter { !engine.rules[$0].appliesNever }
        func gather(_ effect: Rule.Effect, always: Bool) -> [CompiledPattern] {
            applicable.lazy.map { engine.rules[$0] }
                .filter { $0.effect == effect && $0.appliesAlways == always }.flatMap(\.patterns)
        }
        let granting = GatheredPatterns(
            roles.flatMap { engine.roles[$0].grants } + gather(.allow, always: true),
            engine
        )
        let denying = GatheredPatterns(roles.flatMap { engine.roles[$0].denies } + gather(.deny, always: true), engine)
        (granted, grants) = (granting.ids, granting.trie)
        (denied, denials) = (denying.ids, denying.trie)
        perhapsGranted = GatheredPatterns(gather(.allow, always: false), engine).ids
        perhapsDenied = GatheredPatterns(gather(.deny, always: false), engine).ids
        rules = IDSet(applicable.filter { !engine.rules[$0].appliesAlways }, count: engine.rules.count)
    }

    /// True if the group may grant or deny a permission that the policy does not name.
    var hasPatterns: Bool { !grants.isEmpty || !denials.isEmpty }

    /// The approximate number of bytes of the group.
    var size: Int {
        [granted, denied, perhapsGranted, perhapsDenied, rules].reduce(64) { $0 + $1.size } + grants.size
            + denials.size
    }

    /// Returns the stance on a permission in every check.
    ///
    /// - Parameter name: The segments of the permission, if the policy does not name it.
    func stance(id: Int?, _ name: [Int]) -> Stance {
        var stance: Stance = []
        if id.map({ granted[$0] }) ?? grants.matches(name) { stance.insert(.grants) }
        if id.map({ denied[$0] }) ?? denials.matches(name) { stance.insert(.denies) }
        return stance
    }
}
