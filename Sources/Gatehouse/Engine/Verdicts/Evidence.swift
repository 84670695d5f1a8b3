/// The parts of a policy that concern one check: the grants and denials of its roles, and the rules with the outcomes of their conditions.
struct Evidence {
    let engine: PolicyEngine
    private let permission: Permission
    private let id: Int?
    let facts: CheckFacts
    /// The rules about the permission, in the order of the policy, each with its condition's outcome.
    let rules: [(rule: CompiledRule, truth: Truth)]

    init(of check: AccessCheck, _ held: EffectiveRoles, _ engine: PolicyEngine) {
        self.engine = engine
        permission = check.permission
        id = engine.permissions.id(of: check.permission)
        let candidates = engine.ruleIndex.rules(about: permission, id: id, engine.segments)
        let facts = CheckFacts(check.principal, permission, check.details, roles: held.names)
        self.facts = facts
        rules = candidates.map { index in
            let rule = engine.rules[index]
            return (rule, rule.condition?.evaluate(facts) ?? .yes)
        }
    }

    /// Returns the reasons that allow or deny the check for a principal with these roles, in the order of the policy: roles first, then
    /// rules.
    func reasons(_ effect: Rule.Effect, _ authorized: Inheritance) -> [Decision.Reason] {
        let byRole = authorized.reached.sorted().flatMap { role in
            let compiled = engine.roles[role]
            return (effect == .allow ? compiled.grants : compiled.denies)
                .filter { $0.matches(permission, id: id) }
                .map { reason(effect, role, $0.pattern.text, authorized) }
        }
        return byRole
            + rules.compactMap { rule, truth in
                guard rule.effect == effect, rule.applies(truth) else { return nil }
                return reason(rule, truth, authorized)
            }
    }

    /// Returns the stances in this check of the principal's roles, including inherited roles.
    func stances(among authorized: Inheritance) -> Stances {
        let roles = authorized.reached.sorted { engine.ranks[$0] < engine.ranks[$1] }
        return Stances(on: permission, among: roles, rules.map { ($0.rule, $0.truth) }, engine)
    }

    /// The stance of every role, as if the principal had the role in addition.
    ///
    /// The outcome of a condition about roles is unknown, since the additional role would be among the names that conditions read.
    var prospectiveStances: Stances {
        let rules = rules.map { rule, truth in (rule, rule.condition?.isAboutRoles == true ? nil : truth) }
        return Stances(on: permission, among: engine.inheritedFirst, rules, engine)
    }

    private func reason(_ effect: Rule.Effect, _ role: Int, _ pattern: String, _ authorized: Inheritance)
        -> Decision.Reason
    {
        let (name, path) = (engine.policy.roles[role].name, path(to: role, authorized))
        return effect == .allow
            ? .grant(role: name, pattern: pattern, path: path) : .deny(role: name, pattern: pattern, path: path)
    }

    /// Returns the first of a rule's roles that the principal has or inherits, where the inner `nil` stands for everyone; `nil` if there is
    /// none.
    func applicableRole(of rule: CompiledRule, _ authorized: Inheritance) -> Int?? {
        rule.roles.first { $0.map(authorized.contains) ?? true }
    }

    private func reason(_ rule: CompiledRule, _ truth: Truth, _ authorized: Inheritance) -> Decision.Reason? {
        guard let role = applicableRole(of: rule, authorized) else { return nil }
        return .rule(
            id: rule.id,
            effect: rule.effect,
            isUnknown: truth == .unknown,
            role: role.map { engine.policy.roles[$0].name },
            path: role.map { path(to: $0, authorized) } ?? []
        )
    }

    private func path(to role: Int, _ authorized: Inheritance) -> Decision.RolePath {
        authorized.path(to: role, engine.roleNames.names)
    }
}
