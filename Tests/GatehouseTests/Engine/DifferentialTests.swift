import Gatehouse
import SeededGenerator
import Testing

@Suite("The engine decides as the naive evaluator does, on random policies and their edits")
struct DifferentialTests {
    @Test("decisions, reasons and resolved checks agree", arguments: DifferentialSeeds.all)
    func agrees(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed))
        for _ in 0..<DifferentialSeeds.policies {
            var policy = source.policy()
            for edit in 0...DifferentialSeeds.edits {
                if edit > 0 { policy = source.edited(policy) }
                let engine = try PolicyEngine(policy)
                let reference = ReferenceEvaluator(policy: policy)
                for _ in 0..<DifferentialSeeds.checks {
                    let check = try source.check(of: policy)
                    let answers = Answers(engine, check)
                    let expected = Answers(all: reference.answer(check))
                    guard answers == expected else {
                        let found = "\(answers)\ninstead of \(expected)"
                        Issue.record("GATEHOUSE_SEED=\(seed): \(found)\nto \(check)\nunder \(policy)")
                        return
                    }
                }
            }
        }
    }

    /// What every way to ask the same question answers.
    private struct Answers: Equatable {
        var decision: ReferenceEvaluator.Answer
        var fast: Bool
        var resolved: Bool
        var byName: Bool

        init(all answer: ReferenceEvaluator.Answer) {
            decision = answer
            fast = answer.isAllowed
            resolved = answer.isAllowed
            byName = answer.isAllowed
        }

        init(_ engine: PolicyEngine, _ check: AccessCheck) {
            let decision = engine.decide(check)
            self.decision = ReferenceEvaluator.Answer(isAllowed: decision.isAllowed, reasons: decision.reasons)
            fast = decision.isAllowed
            let principal = engine.resolve(check.principal)
            let resource = check.resource?.resourceID
            resolved = principal.allows(check.permission, on: resource, at: check.time)
            byName = principal.allows(check.permission.name, on: resource, at: check.time)
        }
    }
}
