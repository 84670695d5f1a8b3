/// The grants that are sure for roles that are judged together, with what the roles may deny.
struct GuaranteedGrants: Sendable {
    private(set) var grants: [PermissionPattern] = []
    private(set) var denials: [PermissionPattern] = []
    /// The allow rules that depend on a condition and are given with one of the roles.
    private(set) var conditional: Set<Int> = []
    /// The deny rules that depend on a condition.
    private(set) var limits: Set<Int> = []

    /// - Parameters:
    ///   - roles: the roles by id, to which those are added that they inherit.
    ///   - given: a role that is handed out: what limits its holders too does not count; `nil` if this is that role itself.
    init(of roles: [Int], sharingLimitsOf given: GuaranteedGrants?, _ engine: PolicyEngine) {
        let reached = RoleWalk(from: roles, engine.roles).reached
        for role in reached {
            grants += engine.roles[role].grants.lazy.map(\.pattern)
            denials += engine.roles[role].denies.lazy.map(\.pattern)
        }
        // If denials override, everyone has what a rule for everyone grants: it is held, but not given. If one clean role is enough, a
        // further role may be the one that it takes to have it.
        let givesRulesForEveryone = engine.policy.combining == .anyCleanRole
        let rules = Set(engine.ruleIndex.forEveryone + reached.flatMap { engine.ruleIndex.byRole[$0] ?? [] })
        for index in rules {
            let rule = engine.rules[index]
            if rule.appliesNever { continue }
            let patterns = rule.patterns.lazy.map(\.pattern)
            switch (rule.effect, rule.appliesAlways) {
            case (.allow, true):
                if given != nil || !rule.isForEveryone || givesRulesForEveryone { grants += patterns }
            case (.allow, false):
                if !rule.isForEveryone || givesRulesForEveryone { conditional.insert(index) }
            case (.deny, true):
                denials += patterns
            case (.deny, false):
                limits.insert(index)
                if let given, !given.limits.contains(index) { denials += patterns }
            }
        }
    }
}
