import Gatehouse
import SeededGenerator
import Testing

@Suite("The random policies reach the cases that they must test")
struct RandomPolicyTests {
    /// At least so many of a hundred decisions have a reason of this kind.
    private static let kinds: [(kind: Kind, percent: Int)] = [
        (.grant, 10), (.deny, 6), (.allowRule, 4), (.denyRule, 4), (.unknown, 2), (.everyone, 2), (.constraint, 1),
        (.inherited, 5), (.default, 10),
    ]

    @Test("every kind of reason is frequent under both combinings", arguments: Policy.Combining.allCases, kinds)
    private func reasons(combining: Policy.Combining, expected: (kind: Kind, percent: Int)) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: 1))
        let decisions = 2_000
        var found = 0
        for _ in 0..<decisions / 10 {
            var policy = source.policy()
            policy.combining = combining
            let reference = ReferenceEvaluator(policy: policy)
            for _ in 0..<10 {
                let reasons = reference.answer(try source.check(of: policy)).reasons
                if reasons.contains(where: expected.kind.includes) { found += 1 }
            }
        }
        #expect(found * 100 >= decisions * expected.percent)
    }

    @Test("each condition has all three values in turn, now and then")
    func truths() throws {
        var source = RandomPolicy(random: SeededGenerator(seed: 2))
        var counts: [ReferenceTruth: Int] = [:]
        for _ in 0..<2_000 {
            let facts = ReferenceFacts(check: try source.check(of: Policy(roles: [Role("role:0")])), held: ["role:0"])
            counts[facts.truth(of: source.condition(depth: 3)), default: 0] += 1
        }
        #expect(counts.count == 3 && counts.values.allSatisfy { $0 > 200 }, "\(counts)")
    }

    private enum Kind: Sendable {
        case grant, deny, allowRule, denyRule, unknown, everyone, constraint, inherited, `default`

        func includes(_ reason: Decision.Reason) -> Bool {
            switch (self, reason) {
            case (.grant, .grant), (.deny, .deny), (.allowRule, .rule(_, .allow, _, _, _)),
                (.denyRule, .rule(_, .deny, false, _, _)), (.unknown, .rule(_, .deny, true, _, _)),
                (.everyone, .rule(_, _, _, nil, _)), (.constraint, .constraint), (.default, .default):
                true
            case (.inherited, .grant(_, _, let path)), (.inherited, .deny(_, _, let path)),
                (.inherited, .rule(_, _, _, _, let path)):
                path.names.count > 1
            default: false
            }
        }
    }
}
