import Gatehouse
import SeededGenerator
import Testing

@Suite("A change to a policy changes decisions only in the way that it must")
struct MetamorphicTests {
    @Test("a grant never takes away, and a denial never gives", arguments: 1...20 as ClosedRange<UInt64>)
    func monotony(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed &+ 1_000))
        for _ in 0..<50 {
            let policy = source.policy()
            let extra = source.policy().roles.flatMap { $0.grants + $0.denies }
            let index = source.random.pick(Array(policy.roles.indices))
            var granting = policy
            granting.roles[index].grants += extra
            var denying = policy
            denying.roles[index].denies += extra
            let engines = try (PolicyEngine(policy), PolicyEngine(granting), PolicyEngine(denying))
            for _ in 0..<20 {
                let check = try source.check(of: policy)
                let before = engines.0.decide(check).isAllowed
                try #require(!before || engines.1.decide(check).isAllowed || !denials(policy, check).isEmpty)
                try #require(before || !engines.2.decide(check).isAllowed)
            }
        }
    }

    @Test("the order of roles and of their grants does not matter", arguments: 1...20 as ClosedRange<UInt64>)
    func order(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed &+ 2_000))
        for _ in 0..<50 {
            let policy = source.policy()
            var shuffled = policy
            shuffled.roles.shuffle(using: &source.random)
            shuffled.assignments.shuffle(using: &source.random)
            for index in shuffled.roles.indices {
                shuffled.roles[index].inherits.shuffle(using: &source.random)
                shuffled.roles[index].grants.shuffle(using: &source.random)
                shuffled.roles[index].denies.shuffle(using: &source.random)
            }
            let (engine, other) = try (PolicyEngine(policy), PolicyEngine(shuffled))
            for _ in 0..<20 {
                let check = try source.check(of: policy)
                try #require(engine.decide(check).isAllowed == other.decide(check).isAllowed)
            }
        }
    }

    @Test("an assignment in one organization decides nothing in another", arguments: 1...20 as ClosedRange<UInt64>)
    func isolation(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed &+ 3_000))
        for _ in 0..<50 {
            let policy = source.policy()
            var edited = policy
            edited.assignments.append(
                Assignment(RoleAssignment(source.random.pick(policy.roles).name), to: "alice", in: "org_2")
            )
            let (engine, other) = try (PolicyEngine(policy), PolicyEngine(edited))
            for _ in 0..<20 {
                let check = try source.check(of: policy)
                guard check.principal.organization?.id != "org_2" else { continue }
                try #require(engine.decide(check) == other.decide(check).with(engine.revision))
            }
        }
    }

    private func denials(_ policy: Policy, _ check: AccessCheck) -> [String] {
        let answer = ReferenceEvaluator(policy: policy).answer(check)
        return answer.isAllowed ? [] : answer.deciding
    }
}

extension Decision {
    fileprivate func with(_ revision: PolicyRevision) -> Decision {
        Decision(isAllowed: isAllowed, reasons: reasons, revision: revision)
    }
}
