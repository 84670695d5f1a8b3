import Gatehouse

/// The decision rule of the contract, section 2, written as it is said there: slow and obviously right. The engine is
/// compared with it, so nothing here may call what the engine calls.
struct ReferenceEvaluator {
    let policy: Policy
    /// The issuer of the authorizer; `nil` if the policy is asked without one.
    let ownIssuer: String?
    let hierarchy: ReferenceHierarchy
    let patterns: ReferencePatterns

    /// The decision on a check, with its reasons.
    struct Answer: Equatable {
        var isAllowed: Bool
        var reasons: [Decision.Reason]
    }

    init(policy: Policy, ownIssuer: String? = nil) {
        self.policy = policy
        self.ownIssuer = ownIssuer
        hierarchy = ReferenceHierarchy(policy.roles)
        patterns = ReferencePatterns(policy)
    }

    func answer(_ check: AccessCheck) -> Answer { answer(question(check)) }

    func answer(_ question: Question) -> Answer {
        let violated = policy.constraints.filter { isViolated($0, by: question.held) }
        if !violated.isEmpty { return Answer(isAllowed: false, reasons: violated.map { .constraint(id: $0.id) }) }

        let denials = reasons(for: .deny, holding: question.held, question)
        switch policy.combining {
        case .denyOverrides:
            if !denials.isEmpty { return Answer(isAllowed: false, reasons: denials) }
            let grants = reasons(for: .allow, holding: question.held, question)
            if !grants.isEmpty { return Answer(isAllowed: true, reasons: grants) }
        case .anyCleanRole:
            let alone = question.held.isEmpty ? [[]] : question.held.map { [$0] }
            let clean = alone.filter { held in
                !reasons(for: .allow, holding: held, question).isEmpty
                    && reasons(for: .deny, holding: held, question).isEmpty
            }
            if !clean.isEmpty {
                let contributed = reasons(for: .allow, holding: clean.flatMap { $0 }, question)
                return Answer(isAllowed: true, reasons: contributed)
            }
            if !denials.isEmpty { return Answer(isAllowed: false, reasons: denials) }
        }
        return Answer(isAllowed: false, reasons: [.default])
    }

    /// More than `limit` of the named roles are held or inherited.
    private func isViolated(_ constraint: Constraint, by held: [String]) -> Bool {
        constraint.roles.filter { hierarchy.path(from: held, to: $0) != nil }.count > constraint.limit
    }

    /// Everything of one effect that applies to who holds these roles, in the order of the policy: roles, then rules.
    private func reasons(for effect: Rule.Effect, holding held: [String], _ question: Question) -> [Decision.Reason] {
        var reasons: [Decision.Reason] = []
        for role in policy.roles {
            guard let path = hierarchy.path(from: held, to: role.name) else { continue }
            for pattern in matching(effect == .allow ? role.grants : role.denies, question) {
                reasons.append(
                    effect == .allow
                        ? .grant(role: role.name, pattern: pattern, path: Decision.RolePath(path))
                        : .deny(role: role.name, pattern: pattern, path: Decision.RolePath(path))
                )
            }
        }
        for (rule, truth) in question.rules where rule.effect == effect {
            guard truth == .true || (truth == .unknown && effect == .deny) else { continue }
            guard let role = firstRole(of: rule, holding: held) else { continue }
            reasons.append(
                .rule(
                    id: rule.id,
                    effect: effect,
                    isUnknown: truth == .unknown,
                    role: role.name,
                    path: Decision.RolePath(role.path)
                )
            )
        }
        return reasons
    }

    /// The first of the rule's roles that is held or inherited; every principal holds `*`, which has no name to tell.
    func firstRole(of rule: Rule, holding held: [String]) -> (name: String?, path: [String])? {
        for role in rule.roles {
            if role == "*" { return (nil, []) }
            if let path = hierarchy.path(from: held, to: role) { return (role, path) }
        }
        return nil
    }

    /// Those of the patterns that match, each once.
    private func matching(_ texts: [String], _ question: Question) -> [String] {
        var result: [String] = []
        for text in texts where !result.contains(text) && patterns.match(text, question.name) { result.append(text) }
        return result
    }
}
