/// The grants that are sure for roles that are judged together, with the denials that are possible for them.
struct GuaranteedGrants: Sendable {
    private(set) var grants: [PermissionPattern] = []
    private(set) var denials: [PermissionPattern] = []
    /// The allow rules that depend on a condition and come with one of the roles.
    private(set) var conditional: Set<Int> = []
    /// The deny rules that depend on a condition.
    private(set) var limits: Set<Int> = []

    /// - Parameters:
    ///   - roles: The roles by id. The roles that they inherit are added.
    ///   - given: The role that is handed out, whose limits do not count against its holders; `nil` if this is that role itself.
    init(of roles: [Int], sharingLimitsOf given: GuaranteedGrants?, _ engine: PolicyEngine) {
        let reached = RoleWalk(from: roles, engine.roles).reached
        for role in reached {
            grants += engine.roles[role].grants.lazy.map(\.pattern)
            denials += engine.roles[role].denies.lazy.map(\.pattern)
        }
        // If denials override, everyone holds the grants of a rule for everyone, so the role does not give them. If one clean role is
        // enough, a further role may be the clean one.
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
