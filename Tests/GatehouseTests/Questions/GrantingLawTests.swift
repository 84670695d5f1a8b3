import Gatehouse
import SeededGenerator
import Testing

@Suite("Granting agrees with every name tried, on random policies")
struct GrantingLawTests {
    private static let policies = 60

    @Test("the remainder has just the names that are gained", arguments: 1...20 as ClosedRange<UInt64>)
    func agrees(seed: UInt64) throws {
        var source = RandomGranting(random: SeededGenerator(seed: seed))
        for _ in 0..<Self.policies {
            let policy = source.policy()
            let engine = try PolicyEngine(policy)
            let reference = ReferenceGranting(policy: policy)
            let principal = source.principal(under: policy)
            for role in policy.roles.map(\.name) + ["undefined"] {
                let expected = reference.counterexamples(role, principal)
                let assessment = engine.canGrant(role, by: principal, at: .distantPast)
                let said = {
                    Comment(rawValue: "seed \(seed): \(role), \(assessment) by \(principal.roles) under \(policy)")
                }
                try #require(assessment.isAllowed == expected.isEmpty, said())
                let remainder = assessment.remainder.map(\.text)
                try #require(expected.isSubset(of: ReferenceGranting.names(matching: remainder)), said())
                for pattern in remainder {
                    try #require(!expected.isDisjoint(with: ReferenceGranting.names(matching: pattern)), said())
                }
                try #require(remainder == Set(remainder).sorted())
            }
        }
    }

    @Test("a principal that holds a role alone may hand it out", arguments: 1...10 as ClosedRange<UInt64>)
    func holder(seed: UInt64) throws {
        var source = RandomGranting(random: SeededGenerator(seed: seed &+ 1_000))
        for _ in 0..<Self.policies {
            var policy = source.policy()
            policy.constraints = []
            let engine = try PolicyEngine(policy)
            for role in policy.roles.map(\.name) {
                let assessment = engine.canGrant(
                    role,
                    by: Principal("x", roles: [RoleAssignment(role)]),
                    at: .distantPast
                )
                try #require(assessment.isAllowed, "seed \(seed): \(role), \(assessment) under \(policy)")
            }
        }
    }

    @Test("a principal with more grants may hand out no less", arguments: 1...10 as ClosedRange<UInt64>)
    func monotony(seed: UInt64) throws {
        var source = RandomGranting(random: SeededGenerator(seed: seed &+ 2_000))
        for _ in 0..<Self.policies {
            let policy = source.policy()
            var principal = source.principal(under: policy)
            var granting = policy
            granting.roles.append(Role("extra", grants: source.patterns(1...4)))
            let (engine, other) = try (PolicyEngine(policy), PolicyEngine(granting))
            let before = policy.roles.map { engine.canGrant($0.name, by: principal, at: .distantPast) }
            principal.roles.append("extra")
            principal.activeRoles?.append("extra")
            for (role, assessment) in zip(policy.roles, before) where assessment.isAllowed {
                try #require(
                    other.canGrant(role.name, by: principal, at: .distantPast).isAllowed,
                    "seed \(seed): \(role.name) by \(principal.roles) under \(granting)"
                )
            }
        }
    }
}
