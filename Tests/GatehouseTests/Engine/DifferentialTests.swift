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
                let ownIssuer = source.random.pick([nil, "", "https://a", "https://own"])
                let reference = ReferenceEvaluator(policy: policy, ownIssuer: ownIssuer)
                for _ in 0..<DifferentialSeeds.checks {
                    let check = try source.check(of: policy)
                    let role = source.random.pick(policy.roles).name
                    let (found, expected) = (Answers(engine, ownIssuer, check, role), Answers(reference, check, role))
                    guard found == expected else {
                        Issue.record(
                            "GATEHOUSE_SEED=\(seed): \(found)\nand not \(expected)\nto \(ownIssuer ?? "nobody"),  \(check.inFull), \(role)\nunder \(policy)"
                        )
                        return
                    }
                }
            }
        }
    }
}

/// The answers of all ways to ask about one check.
private struct Answers: Equatable {
    /// With every reason, and without, by a principal resolved before or not.
    var decision: ReferenceEvaluator.Answer
    var isAllowed: Bool
    var isAllowedToResolved: Bool
    /// To nothing in particular and without attributes, by constant and by text.
    var isAllowedBarely: Bool
    var isAllowedByName: Bool
    /// True if a role is held for the check.
    var holds: Bool

    init(_ engine: PolicyEngine, _ ownIssuer: String?, _ check: AccessCheck, _ role: String) {
        let decision = engine.decide(check, ownIssuer: ownIssuer)
        self.decision = ReferenceEvaluator.Answer(isAllowed: decision.isAllowed, reasons: decision.reasons)
        isAllowed = engine.allows(check, ownIssuer: ownIssuer)
        let principal = engine.resolve(check.principal, ownIssuer: ownIssuer)
        isAllowedToResolved = principal.allows(
            check.permission,
            on: check.resource,
            action: check.action,
            context: check.context,
            at: check.time
        )
        isAllowedBarely = principal.allows(check.permission, at: check.time)
        isAllowedByName = principal.allows(check.permission.name, at: check.time)
        holds = principal.holds(role: role, on: check.resource?.resourceID, at: check.time)
    }

    init(_ reference: ReferenceEvaluator, _ check: AccessCheck, _ role: String) {
        decision = reference.answer(check)
        isAllowed = decision.isAllowed
        isAllowedToResolved = isAllowed
        isAllowedBarely = reference.answer(AccessCheck(check.permission, by: check.principal, at: check.time)).isAllowed
        isAllowedByName = isAllowedBarely
        holds = reference.hierarchy.path(from: reference.heldRoles(check), to: role) != nil
    }
}
