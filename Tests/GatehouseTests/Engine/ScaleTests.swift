import Gatehouse
import Testing

/// Sizes that would take minutes, or more memory than there is, if a question took time that grows with their square.
@Suite("A decision and its explanation take time that grows with the policy")
struct ScaleTests {
    fileprivate static let count = 20_000

    /// Each role inherits the next.
    private static func chain(_ role: (Int) -> Role) -> [Role] {
        (0..<count).map { number in
            var role = role(number)
            role.inherits = number + 1 < count ? ["role:\(number + 1)"] : []
            return role
        }
    }

    @Test(
        "paths share their storage where each role of a long chain decides",
        arguments: Policy.Combining.allCases
    )
    func chainOfReasons(combining: Policy.Combining) throws {
        let roles = Self.chain { Role("role:\($0)", grants: ["x"]) }
        let engine = try PolicyEngine(Policy(combining: combining, roles: roles))
        let decision = engine.decide(AccessCheck("x", by: Principal("alice", roles: ["role:0"]), at: .distantPast))
        #expect(decision.reasons.count == Self.count)
        let path = try #require(decision.reasons.last?.path)
        #expect(path.names.count == Self.count)
        #expect(path.names.suffix(2) == ["role:19998", "role:19999"])
    }

    @Test("each of many held roles of a chain is judged once")
    func manyHeld() throws {
        let roles = Self.chain { Role("role:\($0)", grants: ["x"]) }
        let engine = try PolicyEngine(Policy(combining: .anyCleanRole, roles: roles))
        let held = (0..<2_000).map { RoleAssignment("role:\($0)") }
        #expect(engine.decide(AccessCheck("x", by: Principal("alice", roles: held), at: .distantPast)).isAllowed)
    }

    @Test("conditional rules for many roles are evaluated once", arguments: Policy.Combining.allCases)
    func conditionalRules(combining: Policy.Combining) throws {
        let roles = (0..<Self.count / 2).map { Role("role:\($0)") }
        let rules = roles.map { role in
            let isThis = Condition.compare(.equals, "$context.role", .string(role.name))
            return Rule(role.name, .allow, "x", to: role.name, when: isThis)
        }
        let engine = try PolicyEngine(Policy(combining: combining, roles: roles, rules: rules))
        let check = AccessCheck("x", by: Principal("alice"), context: ["role": "role:7"], at: .distantPast)
        #expect(engine.explain(check).nearMisses == [.role("role:7")])
    }

    @Test("constraints on a long chain are counted together for all principals that might hold its roles")
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

    @Test("each constraint on a long chain counts its own roles")
    func twoConstraints() throws {
        let constraints = [("a", [10, 1_000]), ("b", [20, 1_500])].map { id, roles in
            Constraint(id, .dynamic, roles: roles.map { "role:\($0)" }, limit: 1)
        }
        let roles = (0..<2_000).map { Role("role:\($0)", inherits: $0 > 0 ? ["role:\($0 - 1)"] : [], grants: ["x"]) }
        let engine = try PolicyEngine(Policy(roles: roles, constraints: constraints))
        #expect(engine.roles(granting: "x").count == 1_000)
    }

    @Test("a constraint that names more roles than fit in a word is counted too", arguments: [63, 64, 65, 130])
    func wideConstraint(limit: Int) throws {
        let named = (0...limit).map { "role:\($0 * 10)" }
        let roles = (0..<2_000).map { Role("role:\($0)", inherits: $0 > 0 ? ["role:\($0 - 1)"] : [], grants: ["x"]) }
        let constraint = Constraint("c", .dynamic, roles: named, limit: limit)
        let engine = try PolicyEngine(Policy(roles: roles, constraints: [constraint]))
        // Each role holds all before it: the one that is named last is one too many.
        #expect(engine.roles(granting: "x").count == limit * 10)
    }

    /// A value that takes long to read; its own text would fill the log.
    enum Sought: CaseIterable {
        case number
        case object

        var value: JSONValue {
            switch self {
            case .number: .number(JSONNumber(unchecked: "0." + String(repeating: "9", count: 200_000)))
            case .object: .object((0..<ScaleTests.count).map { JSONMember("m\($0)", 1) })
            }
        }
    }

    @Test("a value that is sought in a list is read once", arguments: Sought.allCases)
    func sought(_ sought: Sought) throws {
        let value = sought.value
        let small = (0..<Self.count).map { JSONValue.object([JSONMember("m\($0)", 1)]) }
        let numbers = (0..<Self.count).compactMap { JSONNumber(Double($0) + 0.5).map { JSONValue.number($0) } }
        let list = JSONValue.array(small + numbers)
        let rules = [
            Rule("in", .allow, "x", to: Rule.everyone, when: .compare(.in, "$context.value", list)),
            Rule("contains", .allow, "y", to: Rule.everyone, when: .compare(.contains, list, "$context.value")),
        ]
        let engine = try PolicyEngine(Policy(rules: rules))
        for permission in ["x", "y"] as [Permission] {
            let check = AccessCheck(permission, by: Principal("a"), context: ["value": value], at: .distantPast)
            #expect(!engine.allows(check))
        }
    }

    @Test("a session of many roles that are not defined is explained at once", arguments: Policy.Combining.allCases)
    func session(combining: Policy.Combining) throws {
        let engine = try PolicyEngine(
            Policy(combining: combining, roles: Self.chain { Role("role:\($0)", grants: ["x"]) })
        )
        var principal = Principal("alice")
        principal.activeRoles = (0..<1_000).map { "undefined:\($0)" }
        let misses = engine.explain(AccessCheck("x", by: principal, at: .distantPast)).nearMisses
        #expect(misses.count == Self.count)
    }

    @Test("patterns that lead nowhere match nothing, be they few or matched together", arguments: [1, 8, 9, 20])
    func deadEnds(count: Int) throws {
        let patterns = (0..<count).map { "a:*:s\($0):t" }
        let names = ["a:b:other:t", "a:b:other:t:u", "a:b:s0:other", "a:b:s0:t"]
        let engine = try PolicyEngine(Policy(roles: [Role("wild", grants: patterns), Role("named", grants: names)]))
        #expect(engine.permissions(holding: ["wild"]).map(\.permission) == ["a:b:s0:t"])
    }

    @Test("patterns that begin with a wildcard are matched together")
    func wildPatterns() throws {
        let wild = (0..<Self.count).map { "*:s\($0)" }
        let names = (0..<Self.count).map { "p\($0):s\($0 + 1)" }
        let engine = try PolicyEngine(Policy(roles: [Role("wild", grants: wild), Role("named", grants: names)]))
        #expect(engine.permissions(holding: ["wild"]).count == Self.count - 1)
    }
}

extension Decision.Reason {
    fileprivate var path: Decision.RolePath? {
        if case .grant(_, _, let path) = self { path } else { nil }
    }
}
