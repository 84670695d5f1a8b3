import Gatehouse
import Testing

/// Sizes that would take minutes, or more memory than there is, if a question took time that grows with their square.
@Suite("A decision and its explanation take time that grows with the policy")
struct ScaleTests {
    private static let count = 20_000

    /// Each role inherits the next.
    private static func chain(_ role: (Int) -> Role) -> [Role] {
        (0..<count).map { number in
            var role = role(number)
            role.inherits = number + 1 < count ? ["role:\(number + 1)"] : []
            return role
        }
    }

    @Test("where each role of a long chain decides, the paths share their storage", arguments: Combining.allCases)
    func chainOfReasons(combining: Combining) throws {
        let roles = Self.chain { Role("role:\($0)", grants: ["x"]) }
        let engine = try PolicyEngine(Policy(combining: combining, roles: roles))
        let decision = engine.decide(AccessCheck("x", by: Principal("alice", roles: ["role:0"]), at: .distantPast))
        #expect(decision.reasons.count == Self.count)
        let path = try #require(decision.reasons.last?.path)
        #expect(path.names.count == Self.count)
        #expect(path.names.suffix(2) == ["role:19998", "role:19999"])
    }

    @Test("where many of a chain are held, each is judged once")
    func manyHeld() throws {
        let roles = Self.chain { Role("role:\($0)", grants: ["x"]) }
        let engine = try PolicyEngine(Policy(combining: .anyCleanRole, roles: roles))
        let held = (0..<2_000).map { RoleAssignment("role:\($0)") }
        #expect(engine.decide(AccessCheck("x", by: Principal("alice", roles: held), at: .distantPast)).isAllowed)
    }

    @Test("conditional rules for many roles are evaluated once", arguments: Combining.allCases)
    func conditionalRules(combining: Combining) throws {
        let roles = (0..<Self.count).map { Role("role:\($0)") }
        let rules = roles.map { role in
            let isThis = Condition.compare(.equals, "$context.role", .string(role.name))
            return Rule(role.name, .allow, "x", to: role.name, when: isThis)
        }
        let engine = try PolicyEngine(Policy(combining: combining, roles: roles, rules: rules))
        let check = AccessCheck("x", by: Principal("alice"), context: ["role": "role:7"], at: .distantPast)
        #expect(engine.explain(check).nearMisses == [.role("role:7")])
    }

    @Test("constraints on a long chain are counted together for all who might hold its roles")
    func constraints() throws {
        let constraint = Constraint("c", .dynamic, roles: ["role:100", "role:200", "role:300"], limit: 2)
        let engine = try PolicyEngine(
            Policy(
                roles: Self.chain { Role("role:\($0)", grants: ["x"]) },
                constraints: [constraint],
                assignments: (0..<Self.count).map { Assignment(RoleAssignment("role:\($0)"), to: "user:\($0)") }
            )
        )
        #expect(engine.roles(granting: "x").first?.role == "role:101")
        #expect(engine.whoCan("x", at: .distantPast).count == Self.count - 101)
        let check = AccessCheck("x", by: Principal("alice"), at: .distantPast)
        #expect(engine.explain(check).nearMisses.first == .role("role:101"))
    }
}

extension Reason {
    fileprivate var path: RolePath? {
        if case .grant(_, _, let path) = self { path } else { nil }
    }
}
