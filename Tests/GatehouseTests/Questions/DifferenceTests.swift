import Gatehouse
import SeededGenerator
import Testing

@Suite("Who gains and who loses by an edit is whose decisions change, says the naive evaluator")
struct DifferenceTests {
    @Test("a decision that changes is listed", arguments: 1...20 as ClosedRange<UInt64>)
    func changes(seed: UInt64) throws {
        try forEachEdit(seed &+ 50_000) { before, after, differences, source in
            let names = Set(before.names + after.names).sorted()
            guard !names.isEmpty else { return }
            for _ in 0..<20 {
                let permission = try Permission(validating: source.random.pick(names))
                let role = source.random.pick(before.policy.roles + after.policy.roles).name
                let users = (before.policy.assignments + after.policy.assignments).map(\.principal)
                let byRole = users.isEmpty || source.random.chance(50)
                let user = byRole ? "nobody" : source.random.pick(users)
                var check = try source.check(of: before.policy)
                check.permission = permission
                check.principal.roles = byRole ? [RoleAssignment(role)] : []
                check.principal.activeRoles = nil
                check.principal.id = user
                let verdicts = (before.answer(check).isAllowed, after.answer(check).isAllowed)
                guard verdicts.0 != verdicts.1 else { continue }
                let isListed = differences.contains { difference in
                    difference.permission == permission.name && difference.change == (verdicts.1 ? .gains : .loses)
                        && difference.isAbout(byRole ? .role(role) : .principal(user))
                }
                try #require(isListed, "\(differences) by \(before.policy) to \(after.policy): \(check.inFull)")
            }
        }
    }

    @Test("where nothing depends on conditions, nothing else is listed", arguments: 1...20 as ClosedRange<UInt64>)
    func nothingElse(seed: UInt64) throws {
        try forEachEdit(seed &+ 60_000, withConditions: false) { before, after, differences, source in
            for difference in differences {
                guard case .role(let role) = difference.subject else { continue }
                let check = AccessCheck(
                    try Permission(validating: difference.permission),
                    by: Principal("nobody", roles: [RoleAssignment(role)]),
                    at: source.time()
                )
                let verdicts = (before.answer(check).isAllowed, after.answer(check).isAllowed)
                try #require(verdicts.0 != verdicts.1 && verdicts.1 == (difference.change == .gains))
            }
        }
    }

    private func forEachEdit(
        _ seed: UInt64,
        withConditions: Bool = true,
        _ body: (ReferenceEvaluator, ReferenceEvaluator, [PolicyDifference], inout RandomPolicy) throws -> Void
    ) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed))
        for _ in 0..<20 {
            var policies = [source.policy()]
            for _ in 0..<2 { policies.append(source.edited(policies[policies.count - 1])) }
            if !withConditions { policies = policies.map(\.withoutConditions) }
            let differences = try PolicyEngine(policies[0]).differences(to: PolicyEngine(policies[2]))
            try body(
                ReferenceEvaluator(policy: policies[0]),
                ReferenceEvaluator(policy: policies[2]),
                differences,
                &source
            )
        }
    }
}

extension Policy {
    fileprivate var withoutConditions: Policy {
        var policy = self
        for index in rules.indices { policy.rules[index].condition = nil }
        return policy
    }
}

extension PolicyDifference {
    /// Two ids that only look alike are two principals.
    fileprivate func isAbout(_ other: Subject) -> Bool {
        switch (subject, other) {
        case (.role(let mine), .role(let theirs)), (.principal(let mine), .principal(let theirs)):
            mine.isByteForByte(theirs)
        default: false
        }
    }
}
