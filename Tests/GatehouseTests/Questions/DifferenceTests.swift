import Gatehouse
import SeededGenerator
import Testing

@Suite("The differences of two policies are the changes that the naive evaluator finds")
struct DifferenceTests {
    @Test("a changed decision is listed", arguments: 1...20 as ClosedRange<UInt64>)
    func changes(seed: UInt64) throws {
        try forEachEdit(seed &+ 50_000) { before, after, differences, source in
            let names = Set(before.names + after.names).sorted()
            guard !names.isEmpty else { return }
            for _ in 0..<20 {
                let permission = try Permission(validating: source.random.pick(names))
                let role = source.random.pick(before.policy.roles + after.policy.roles).name
                let assignments = before.policy.assignments + after.policy.assignments
                let byRole = assignments.isEmpty || source.random.chance(50)
                let named = byRole ? Assignment("", to: "nobody") : source.random.pick(assignments)
                let user = named.principal
                var check = try source.check(of: before.policy)
                check.permission = permission
                check.principal.roles = byRole ? [RoleAssignment(role)] : []
                check.principal.activeRoles = nil
                check.principal.id = user
                // Whoever has the id, one of a type, or the principal that an assignment names.
                let isUnnamed = before.ownIssuer == nil
                check.principal.kind = .user
                check.principal.type = isUnnamed && source.random.chance(50) ? nil : named.type
                check.principal.issuer = isUnnamed ? "" : named.issuer ?? before.ownIssuer ?? ""
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

    @Test(
        "only changed decisions are listed where no conditions or constraints matter",
        arguments: 1...20 as ClosedRange<UInt64>
    )
    func nothingElse(seed: UInt64) throws {
        try forEachEdit(seed &+ 60_000, isPlain: true) { before, after, differences, source in
            for difference in differences {
                guard case .role(let role) = difference.subject else { continue }
                let permission = try Permission(validating: difference.permission)
                let others = (before.policy.roles + after.policy.roles).map(\.name)
                let time = source.time()
                let isReal = ([[]] + others.map { [$0] }).contains { beside in
                    let roles = ([role] + beside).map { RoleAssignment($0) }
                    let check = AccessCheck(permission, by: Principal("nobody", roles: roles), at: time)
                    let verdicts = (before.answer(check).isAllowed, after.answer(check).isAllowed)
                    return verdicts.0 != verdicts.1 && verdicts.1 == (difference.change == .gains)
                }
                try #require(isReal, "\(difference) by \(before.policy) to \(after.policy)")
            }
        }
    }

    @Test("a changed decision about several roles is listed for a role", arguments: 1...20 as ClosedRange<UInt64>)
    func combinations(seed: UInt64) throws {
        try forEachEdit(seed &+ 70_000) { before, after, differences, source in
            let names = Set(before.names + after.names).sorted()
            let roles = (before.policy.roles + after.policy.roles).map(\.name)
            guard !names.isEmpty, !roles.isEmpty else { return }
            for _ in 0..<20 {
                var check = try source.check(of: before.policy)
                check.permission = try Permission(validating: source.random.pick(names))
                check.principal = Principal(
                    "nobody",
                    roles: (0..<3).map { _ in RoleAssignment(source.random.pick(roles)) }
                )
                let answers = [before.answer(check), after.answer(check)]
                guard answers[0].isAllowed != answers[1].isAllowed else { continue }
                // Whom a constraint locked out gains the permissions of further roles as well.
                let isLockedOut = answers.contains { $0.reasons.contains(where: \.isConstraint) }
                let isListed = differences.contains {
                    (isLockedOut || $0.permission == check.permission.name)
                        && $0.change == (answers[1].isAllowed ? .gains : .loses)
                }
                try #require(isListed, "\(differences) by \(before.policy) to \(after.policy): \(check.inFull)")
            }
        }
    }

    private func forEachEdit(
        _ seed: UInt64,
        isPlain: Bool = false,
        _ body: (ReferenceEvaluator, ReferenceEvaluator, [PolicyDifference], inout RandomPolicy) throws -> Void
    ) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed))
        for _ in 0..<20 {
            var policies = [source.policy()]
            for _ in 0..<2 { policies.append(source.edited(policies[policies.count - 1])) }
            if isPlain { policies = policies.map(\.plain) }
            let differences = try PolicyEngine(policies[0]).differences(to: PolicyEngine(policies[2]))
            let ownIssuer = source.random.pick([nil, "https://a", "https://own"])
            try body(
                ReferenceEvaluator(policy: policies[0], ownIssuer: ownIssuer),
                ReferenceEvaluator(policy: policies[2], ownIssuer: ownIssuer),
                differences,
                &source
            )
        }
    }
}

extension Policy {
    /// The policy without conditions and constraints.
    fileprivate var plain: Policy {
        var policy = self
        policy.constraints = []
        for index in rules.indices { policy.rules[index].condition = nil }
        return policy
    }
}

extension Decision.Reason {
    fileprivate var isConstraint: Bool { if case .constraint = self { true } else { false } }
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
