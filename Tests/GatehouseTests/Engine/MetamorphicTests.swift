import Gatehouse
import SeededGenerator
import Testing

@Suite("A change to a policy changes decisions only in the way that it must")
struct MetamorphicTests {
    @Test("an added allowance never takes away", arguments: 1...20 as ClosedRange<UInt64>)
    func allowing(seed: UInt64) throws {
        try compare(seed &+ 1_000) { policy, source in
            source.random.chance(50)
                ? policy.addGrants(of: source.policy(), &source) : policy.addRules(.allow, &source)
        } law: { before, after in
            !before.isAllowed || after.isAllowed
        }
    }

    @Test("an added denial never gives", arguments: 1...20 as ClosedRange<UInt64>)
    func denying(seed: UInt64) throws {
        try compare(seed &+ 2_000) { policy, source in
            source.random.chance(50)
                ? policy.addDenials(of: source.policy(), &source) : policy.addRules(.deny, &source)
        } law: { before, after in
            before.isAllowed || !after.isAllowed
        }
    }

    @Test("the order of the parts does not matter", arguments: 1...20 as ClosedRange<UInt64>)
    func order(seed: UInt64) throws {
        try compare(seed &+ 3_000) { policy, source in
            policy.shuffle(using: &source.random)
        } law: { before, after in
            before.isAllowed == after.isAllowed && before.reasons.count == after.reasons.count
        }
    }

    @Test("a role that is assigned or carried twice counts once", arguments: 1...20 as ClosedRange<UInt64>)
    func twice(seed: UInt64) throws {
        try compare(seed &+ 4_000) { policy, _ in
            policy.assignments += policy.assignments
        } recheck: { check in
            check.principal.roles += check.principal.roles
            check.principal.activeRoles = check.principal.activeRoles.map { $0 + $0 }
        } law: { before, after in
            before.isAllowed == after.isAllowed && before.reasons == after.reasons
        }
    }

    @Test("an assignment in one organization decides nothing in another", arguments: 1...20 as ClosedRange<UInt64>)
    func isolation(seed: UInt64) throws {
        try compare(seed &+ 5_000) { policy, source in
            if source.random.chance(50) {
                policy.assignments.removeAll { $0.organization == "org_2" }
            } else {
                var assignment = source.assignment(of: policy.roles.map(\.name))
                assignment.organization = "org_2"
                policy.assignments.insert(assignment, at: 0)
            }
        } prepare: { check in
            if check.principal.organization?.id == "org_2" { check.principal.organization = "org_1" }
        } law: { before, after in
            before.isAllowed == after.isAllowed && before.reasons == after.reasons
        }
    }

    /// Decides random checks under random policies, and again under the same policies changed. `prepare` makes each
    /// check one that the law is about; `recheck` is how it is asked the second time.
    private func compare(
        _ seed: UInt64,
        change: (inout Policy, inout RandomPolicy) -> Void,
        prepare: (inout AccessCheck) -> Void = { _ in },
        recheck: (inout AccessCheck) -> Void = { _ in },
        law: (Decision, Decision) -> Bool
    ) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed))
        for _ in 0..<20 {
            let policy = source.policy()
            let changed = source.sound { source in
                var changed = policy
                change(&changed, &source)
                return changed
            }
            let (engine, other) = try (PolicyEngine(policy), PolicyEngine(changed))
            for _ in 0..<20 {
                var check = try source.check(of: policy)
                prepare(&check)
                let before = engine.decide(check)
                recheck(&check)
                let after = other.decide(check)
                guard law(before, after) else {
                    Issue.record(
                        "seed \(seed): \(before), then \(after), to \(check.inFull) under \(policy), then \(changed)"
                    )
                    return
                }
            }
        }
    }
}

extension Policy {
    fileprivate mutating func addGrants(of other: Policy, _ source: inout RandomPolicy) {
        roles[Int.random(in: roles.indices, using: &source.random)].grants += other.roles.flatMap(\.grants)
    }

    fileprivate mutating func addDenials(of other: Policy, _ source: inout RandomPolicy) {
        roles[Int.random(in: roles.indices, using: &source.random)].denies += other.roles.flatMap(\.grants)
    }

    fileprivate mutating func addRules(_ effect: Rule.Effect, _ source: inout RandomPolicy) {
        for _ in 0..<3 {
            var rule = source.rule(for: roles.map(\.name))
            rule.effect = effect
            rules.insert(rule, at: Int.random(in: 0...rules.count, using: &source.random))
        }
    }

    /// Shuffles all but the names that a rule may compare as a list: those of assigned roles, in their order.
    fileprivate mutating func shuffle(using random: inout SeededGenerator) {
        if !comparesHeldRoles { assignments.shuffle(using: &random) }
        roles.shuffle(using: &random)
        rules.shuffle(using: &random)
        constraints.shuffle(using: &random)
        for index in roles.indices {
            roles[index].inherits.shuffle(using: &random)
            roles[index].grants.shuffle(using: &random)
            roles[index].denies.shuffle(using: &random)
        }
        for index in rules.indices {
            rules[index].roles.shuffle(using: &random)
            rules[index].permissions.shuffle(using: &random)
        }
        for index in constraints.indices { constraints[index].roles.shuffle(using: &random) }
    }

    /// True if a condition asks for the names of held roles.
    var comparesHeldRoles: Bool { rules.contains { "\($0)".contains("$principal.roles") } }
}
