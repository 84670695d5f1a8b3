import Gatehouse
import SeededGenerator
import Testing

@Suite("Near misses are the changes that would have changed the decision, by the naive evaluator")
struct ExplanationTests {
    @Test("a held role is no near miss, though a rule for it needs a condition")
    func held() throws {
        let rule = Rule("r", .allow, "x", to: "p", when: .exists("$context.a"))
        let engine = try PolicyEngine(Policy(roles: [Role("p"), Role("q", grants: ["x"])], rules: [rule]))
        func missed(by principal: Principal) -> [String] {
            engine.explain(AccessCheck("x", by: principal, at: .distantPast)).nearMisses.map { "\($0)" }
        }
        #expect(missed(by: Principal("a", roles: ["p"])).filter { $0.contains("role(\"p\")") }.isEmpty)
        #expect(missed(by: Principal("a", roles: ["p"])).filter { $0.contains("role(\"q\")") }.count == 1)
    }

    @Test("a role that may not be held beside the others is no near miss")
    func forbidden() throws {
        let constraint = Constraint("k", .dynamic, roles: ["p", "q"], limit: 1)
        let roles = [Role("p"), Role("q", grants: ["x"]), Role("r", grants: ["x"])]
        let engine = try PolicyEngine(Policy(roles: roles, constraints: [constraint]))
        let check = AccessCheck("x", by: Principal("a", roles: ["p"]), at: .distantPast)
        #expect(engine.explain(check).nearMisses == [.role("r")])
    }

    @Test("a role outside a session is near by the active roles that it inherits", arguments: Policy.Combining.allCases)
    func session(combining: Policy.Combining) throws {
        let roles = [Role("top", inherits: ["low"], denies: ["x"]), Role("low", grants: ["x"]), Role("none")]
        let engine = try PolicyEngine(Policy(combining: combining, roles: roles))
        var principal = Principal("a", roles: ["none"])
        principal.activeRoles = ["none", "low"]
        let misses = engine.explain(AccessCheck("x", by: principal, at: .distantPast)).nearMisses
        #expect(misses == (combining == .anyCleanRole ? [.role("top"), .role("low")] : [.role("low")]))
    }

    @Test("near misses of all kinds are those of the naive evaluator", arguments: 1...20 as ClosedRange<UInt64>)
    func nearMisses(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed &+ 40_000))
        for _ in 0..<30 {
            let policy = source.policy()
            let engine = try PolicyEngine(policy)
            let reference = ReferenceEvaluator(policy: policy)
            for _ in 0..<10 {
                let check = try source.check(of: policy)
                let explanation = engine.explain(check)
                var context: Comment { "seed \(seed): \(explanation) to \(check.inFull) under \(policy)" }
                try #require(explanation.decision == engine.decide(check), context)
                let found = Misses(explanation.nearMisses)
                try #require(explanation.nearMisses == found.inOrder, context)
                guard !explanation.decision.isAllowed, !reference.answer(check).isByConstraint else {
                    try #require(explanation.nearMisses.isEmpty, context)
                    continue
                }
                try #require(found.roles == reference.missingRoles(check), context)
                try #require(found.conditions == reference.failedConditions(check), context)
                let clean = ReferenceEvaluator(policy: policy.withoutDenials { _ in true })
                try #require(found.denials.isEmpty == !clean.answer(check).isAllowed, context)
                let without = ReferenceEvaluator(policy: policy.withoutDenials(where: found.denials.contains))
                try #require(found.denials.isEmpty || without.answer(check).isAllowed, context)
                let named = reference.answer(check).reasons.map { Denial($0) }
                try #require(found.denials.allSatisfy(named.contains), context)
            }
        }
    }
}

/// A role, or a rule, that denies.
private enum Denial: Hashable {
    case role(String)
    case rule(String)

    init?(_ reason: Decision.Reason) {
        switch reason {
        case .deny(let role, _, _): self = .role(role)
        case .rule(let id, .deny, _, _, _): self = .rule(id)
        default: return nil
        }
    }
}

/// An allow rule whose condition did not hold, or a deny rule whose condition is unknown.
private struct FailedCondition: Hashable {
    var rule: String
    var role: String?
    var missing: [String]
}

private struct Misses {
    var roles: [String] = []
    var denials: Set<Denial> = []
    var conditions: [FailedCondition] = []
    /// Roles, then denials, then conditions, and each once.
    var inOrder: [Explanation.NearMiss] = []

    init(_ misses: [Explanation.NearMiss]) {
        var parts: [[Explanation.NearMiss]] = [[], [], []]
        for miss in misses {
            switch miss {
            case .role(let role):
                roles.append(role)
                parts[0].append(miss)
            case .deny(let role, let rule):
                let isNew = denials.insert(rule.map { .rule($0) } ?? .role(role ?? "")).inserted
                if isNew { parts[1].append(miss) }
            case .condition(let rule, let role, let missing):
                conditions.append(FailedCondition(rule: rule, role: role, missing: missing))
                parts[2].append(miss)
            }
        }
        inOrder = parts.flatMap { $0 }
    }
}

extension ReferenceEvaluator {
    /// The roles that are not held and, held too, would allow it; in the order of the policy.
    fileprivate func missingRoles(_ check: AccessCheck) -> [String] {
        let held = heldRoles(check)
        return policy.roles.map(\.name).filter { name in
            var more = check
            more.principal.roles.append(RoleAssignment(name))
            more.principal.activeRoles?.append(name)
            return !held.contains(name) && answer(more).isAllowed
        }
    }

    fileprivate func failedConditions(_ check: AccessCheck) -> [FailedCondition] {
        let facts = ReferenceFacts(check: check, held: heldRoles(check))
        return coveringRules(check)
            .filter { $0.rule.effect == .allow ? $0.truth != .true : $0.truth == .unknown }
            .map { rule, role, _ in
                let missing = (rule.condition?.paths ?? []).filter { facts.value(at: $0) == nil }
                return FailedCondition(rule: rule.id, role: role, missing: missing)
            }
    }
}

extension ReferenceEvaluator.Answer {
    fileprivate var isByConstraint: Bool {
        if case .constraint = reasons.first { true } else { false }
    }
}

extension Policy {
    fileprivate func withoutDenials(where isDropped: (Denial) -> Bool) -> Policy {
        var policy = self
        for index in roles.indices where isDropped(.role(roles[index].name)) { policy.roles[index].denies = [] }
        policy.rules.removeAll { $0.effect == .deny && isDropped(.rule($0.id)) }
        return policy
    }
}
