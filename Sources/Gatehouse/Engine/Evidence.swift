/// Everything in a policy that is about one check: the grants and denials of its roles, and the rules with what their
/// conditions come to.
struct Evidence {
    private let engine: PolicyEngine
    private let permission: Permission
    private let id: Int?
    /// The rules about the permission, in the order of the policy, each with its condition's outcome.
    let rules: [(rule: CompiledRule, truth: Truth)]

    init(of check: AccessCheck, _ held: HeldRoles, _ engine: PolicyEngine) {
        self.engine = engine
        permission = check.permission
        id = engine.permissions.id(of: check.permission)
        let candidates = engine.ruleIndex.rules(about: permission, id: id, engine.segments)
        let facts = CheckFacts(check, roles: held.names)
        rules = candidates.map { index in
            let rule = engine.rules[index]
            return (rule, rule.condition?.evaluate(facts) ?? .yes)
        }
    }

    /// What allows or denies it to the holder of roles, in the order of the policy: roles, then rules.
    func reasons(_ effect: Rule.Effect, _ authorized: Inheritance) -> [Reason] {
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

    private func reason(_ effect: Rule.Effect, _ role: Int, _ pattern: String, _ authorized: Inheritance) -> Reason {
        let (name, path) = (engine.policy.roles[role].name, names(authorized.path(to: role)))
        return effect == .allow
            ? .grant(role: name, pattern: pattern, path: path) : .deny(role: name, pattern: pattern, path: path)
    }

    /// Nil where none of the rule's roles is held or inherited.
    private func reason(_ rule: CompiledRule, _ truth: Truth, _ authorized: Inheritance) -> Reason? {
        guard let role = rule.roles.first(where: { $0.map(authorized.contains) ?? true }) else { return nil }
        return .rule(
            id: rule.id,
            effect: rule.effect,
            isUnknown: truth == .unknown,
            role: role.map { engine.policy.roles[$0].name },
            path: role.map { names(authorized.path(to: $0)) } ?? []
        )
    }

    private func names(_ roles: [Int]) -> [String] { roles.map { engine.policy.roles[$0].name } }
}

extension CheckFacts {
    init(_ check: AccessCheck, roles: [String]) {
        self.init(
            principal: check.principal.id,
            organization: check.principal.organization?.id,
            roles: roles,
            principalAttributes: check.principal.attributes,
            resource: check.resource,
            permission: check.permission.name,
            action: check.action,
            context: check.context
        )
    }
}
