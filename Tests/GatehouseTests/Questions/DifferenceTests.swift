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

    @Test("only changed decisions are listed where no conditions matter", arguments: 1...20 as ClosedRange<UInt64>)
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

@Suite("A difference says no more than changes")
struct DifferenceRowsTests {
    private let x = "x"

    @Test("a gain of everyone by a rule is listed for *, where no role's line shows it")
    func everyone() throws {
        let before = Policy(roles: [Role("a", denies: [x])], assignments: [Assignment("a", to: "p")])
        var after = before
        after.rules = [Rule("r", .allow, x, to: Rule.everyone)]
        let differences = try PolicyEngine(before).differences(to: PolicyEngine(after))
        #expect(differences.map(\.subject) == [.role("*")] && differences.map(\.change) == [.gains])
        after.roles.append(Role("b", grants: ["y"]))
        let named = try PolicyEngine(before).differences(to: PolicyEngine(after)).filter { $0.permission == x }
        #expect(named.map(\.subject) == [.role("b")] && named.map(\.change) == [.gains])
    }

    @Test("roles stand before principals, and names in the order of their bytes")
    func order() throws {
        let names = (0..<20).map { "x:\($0)" }
        let roles = ["b", "a"].map { Role($0, grants: names.reversed()) }
        let before = Policy(roles: ["b", "a"].map { Role($0) }, assignments: [Assignment("a", to: "p")])
        let after = Policy(roles: roles, assignments: before.assignments)
        let differences = try PolicyEngine(before).differences(to: PolicyEngine(after))
        #expect(
            differences.map(\.subject) == names.map { _ in .role("a") } + names.map { _ in .role("b") }
                + names.map { _ in .principal("p") }
        )
        #expect(differences.map(\.permission) == names.sorted() + names.sorted() + names.sorted())
    }

    @Test("nobody loses where a conditional permission only widens")
    func widening() throws {
        let rules = [
            Rule("A", .allow, x, to: "r", when: .equals("$context.z", 1)),
            Rule("D", .deny, x, to: Rule.everyone, when: .equals("$context.w", 1)),
        ]
        let narrow = try PolicyEngine(Policy(roles: [Role("r", grants: ["y"])], rules: rules))
        let wide = try PolicyEngine(Policy(roles: [Role("r", grants: ["y", x])], rules: rules))
        #expect(try narrow.differences(to: wide).map(\.change) == [.gains])
        #expect(try wide.differences(to: narrow).map(\.change) == [.loses])
        var other = rules
        other[0].condition = .equals("$context.z", 2)
        let changed = try PolicyEngine(Policy(roles: [Role("r", grants: ["y"])], rules: other))
        #expect(try Set(narrow.differences(to: changed).map(\.change)) == [.gains, .loses])
    }

    @Test("nobody gains where one more condition denies")
    func narrowing() throws {
        let rules = ["z", "w"].map {
            Rule($0, .deny, x, to: "r", when: .equals(.string("$context.\($0)"), 1))
        }
        let roles = [Role("r", grants: [x])]
        let wide = try PolicyEngine(Policy(roles: roles, rules: [rules[0]]))
        let narrow = try PolicyEngine(Policy(roles: roles, rules: rules))
        #expect(try wide.differences(to: narrow).map(\.change) == [.loses])
        #expect(try narrow.differences(to: wide).map(\.change) == [.gains])
    }

    @Test("a permission that only one policy names is the same where the patterns say the same of it")
    func unnamed() throws {
        let rule = Rule("d", .deny, "a:*", to: "r", when: .equals("$context.z", 1))
        let before = Policy(roles: [Role("r", grants: ["a:*"])], rules: [rule])
        let after = Policy(permissions: [CataloguedPermission("a:b")], roles: before.roles, rules: before.rules)
        #expect(try PolicyEngine(before).differences(to: PolicyEngine(after)).isEmpty)
        #expect(try PolicyEngine(after).differences(to: PolicyEngine(before)).isEmpty)
    }

    @Test("no other places are compared where all places have assignments of their own")
    func allPlacesSpecial() throws {
        // At the only place where both meet, a third role denies what the two would allow.
        let resource = ResourceID("d:1")
        let assignments = [
            Assignment("a", to: "p", in: "o"), Assignment(RoleAssignment("b", on: resource), to: "p"),
            Assignment(RoleAssignment("c", on: resource), to: "p", in: "o"),
        ]
        let rule = Rule("r", .allow, x, to: "a", when: .equals("$context.z", 1))
        func engine(_ limit: Int) throws -> PolicyEngine {
            let constraint = Constraint("k", .dynamic, roles: ["a", "b", "c"], limit: limit)
            return try PolicyEngine(
                Policy(
                    roles: ["a", "b", "c"].map { Role($0) },
                    rules: [rule],
                    constraints: [constraint],
                    assignments: assignments
                )
            )
        }
        // Under the first at most two are held together, under the other one: only where just two meet is there a change.
        let differences = try engine(2).differences(to: engine(1))
        #expect(differences.filter { $0.subject == .principal("p") }.isEmpty)
    }

    @Test("a principal of many organizations and resources is compared soon")
    func manyPlaces() throws {
        let assignments = (0..<400).flatMap { index in
            [
                Assignment("a", to: "p", in: "o\(index)"),
                Assignment(RoleAssignment("a", on: ResourceID("d:\(index)")), to: "p"),
            ]
        }
        let before = Policy(roles: [Role("a", grants: [x])], assignments: assignments)
        let after = Policy(roles: [Role("a", grants: ["y"])], assignments: assignments)
        let differences = try PolicyEngine(before).differences(to: PolicyEngine(after))
        #expect(differences.count == 4)
    }

    private static func chain(_ grants: (Int) -> [String]) throws -> PolicyEngine {
        let roles = (0..<20_000).map { Role("r:\($0)", inherits: $0 > 0 ? ["r:\($0 - 1)"] : [], grants: grants($0)) }
        return try PolicyEngine(Policy(roles: roles))
    }

    @Test("a change at the end of a long chain is found, and a change at its beginning is refused")
    func longChain() throws {
        let before = try Self.chain { ["x:\($0)"] }
        #expect(try before.differences(to: before).isEmpty)
        let atEnd = try Self.chain { $0 == 19_999 ? ["x:19999", "y"] : ["x:\($0)"] }
        let found = try before.differences(to: atEnd)
        #expect(found.map(\.subject) == [.role("r:19999")] && found.map(\.permission) == ["y"])
        let atStart = try Self.chain { $0 == 0 ? ["y"] : ["x:\($0)"] }
        let error = #expect(throws: PolicyDifferenceError.self) { try before.differences(to: atStart) }
        #expect(error?.description.contains("\(PolicyDifferenceError.maximumSteps) steps") == true)
    }
}
