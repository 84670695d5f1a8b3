import Gatehouse
import Testing

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

    /// Returns the lines `SUBJECT PERMISSION CHANGE`.
    private func lines(_ before: Policy, _ after: Policy) throws -> [String] {
        try PolicyEngine(before).differences(to: PolicyEngine(after)).map {
            "\($0.subject) \($0.permission) \($0.change)"
        }
    }

    private static let author = Role("author", grants: ["x"])

    @Test(
        "whoever holds a role that no longer denies a permission gains the permission by another role",
        arguments: [
            (Policy(roles: [author, Role("barred", denies: ["x"])]), Policy(roles: [author, Role("barred")])),
            (Policy(roles: [author, Role("barred", denies: ["**"])]), Policy(roles: [author])),
            (
                Policy(roles: [author, Role("base", denies: ["*"]), Role("barred", inherits: ["base"])]),
                Policy(roles: [author, Role("base", denies: ["*"]), Role("barred")])
            ),
            (
                Policy(roles: [author, Role("barred")], rules: [Rule("d", .deny, "x", to: "barred")]),
                Policy(roles: [author, Role("barred")])
            ),
            (
                Policy(roles: [author, Role("barred")], rules: [Rule("d", .deny, "x", to: "barred")]),
                Policy(
                    roles: [author, Role("barred")],
                    rules: [Rule("d", .deny, "x", to: "barred", when: .equals("$context.z", 1))]
                )
            ),
            (
                Policy(roles: [author, Role("barred", denies: ["x"])]),
                Policy(combining: .anyCleanRole, roles: [author, Role("barred", denies: ["x"])])
            ),
        ]
    )
    func denialLifted(before: Policy, after: Policy) throws {
        #expect(try lines(before, after) == [#"role("barred") x gains"#])
        #expect(try lines(after, before) == [#"role("barred") x loses"#])
    }

    @Test("nobody gains a permission that no role gives, or that the role denies still")
    func denialWithoutGain() throws {
        let barred = [Role("barred", denies: ["x"]), Role("free")]
        #expect(try lines(Policy(roles: barred), Policy(roles: [Role("barred"), Role("free")])).isEmpty)
        let twice = Policy(
            roles: [Self.author] + barred,
            rules: [Rule("d", .deny, "x", to: "barred")]
        )
        #expect(try lines(twice, Policy(roles: [Self.author] + barred)).isEmpty)
    }

    @Test("the line of a principal with the role says enough")
    func denialOfPrincipal() throws {
        let assignments = [Assignment("author", to: "p"), Assignment("barred", to: "p")]
        let before = Policy(roles: [Self.author, Role("barred", denies: ["x"])], assignments: assignments)
        let after = Policy(roles: [Self.author, Role("barred")], assignments: assignments)
        #expect(try lines(before, after) == [#"principal("p") x gains"#])
    }

    private static let duties = [
        Role("payer", grants: ["pay"]), Role("approver", grants: ["approve"]), Role("reader", grants: ["read"]),
        Role("clerk", inherits: ["payer"]),
    ]

    private static func separated(_ roles: [String], limit: Int = 1, _ defined: [Role] = duties) -> Policy {
        Policy(roles: defined, constraints: [Constraint("c", .dynamic, roles: roles, limit: limit)])
    }

    @Test(
        "holders of roles that a constraint no longer forbids together gain the permissions of these roles",
        arguments: [
            Policy(roles: duties),
            separated(["payer", "reader"]),
            separated(["payer", "approver", "reader"], limit: 2),
        ]
    )
    func constraintLifted(after: Policy) throws {
        let before = Self.separated(["payer", "approver"])
        let gains = try lines(before, after).filter { $0.hasSuffix(" gains") }
        #expect(
            gains
                == ["approver", "payer"].flatMap { role in
                    ["approve", "pay"].map { #"role("\#(role)") \#($0) gains"# }
                }
        )
        #expect(try lines(after, before).filter { $0.hasSuffix(" loses") }.count == 4)
    }

    @Test("a constraint that forbids as much under another name, or more, frees nobody")
    func constraintKept() throws {
        let before = Self.separated(["payer", "approver"])
        #expect(
            try lines(before, Self.separated(["payer", "approver", "reader"])).allSatisfy { $0.hasSuffix(" loses") }
        )
        var renamed = before
        renamed.constraints[0].id = "other"
        #expect(try lines(before, renamed).isEmpty)
    }

    @Test("a role that no longer inherits a role of a constraint gains the permissions of the constraint's other roles")
    func inheritanceCut() throws {
        let before = Self.separated(["payer", "approver"])
        var roles = Self.duties
        roles[3].inherits = []
        let after = Self.separated(["payer", "approver"], roles)
        #expect(
            try lines(before, after) == [
                #"role("clerk") approve gains"#, #"role("clerk") pay loses"#,
            ]
        )
    }

    @Test("nobody gains a permission that one of the roles which broke a constraint denies")
    func constraintBesideDenial() throws {
        let roles = [Role("b", grants: ["x"]), Role("c", denies: ["x"]), Role("d")]
        let after = Policy(roles: roles)
        var before = after
        before.constraints = [Constraint("k", .dynamic, roles: ["b", "c", "d"], limit: 2)]
        #expect(try lines(before, after).isEmpty)
        before.constraints[0].limit = 1
        #expect(try lines(before, after) == [#"role("b") x gains"#, #"role("d") x gains"#])
    }

    @Test("a constraint of roles that give nothing forbade the permissions of all roles")
    func constraintOfMarkers() throws {
        let roles = [Role("employee"), Role("guest"), Self.author]
        let before = Policy(
            roles: roles,
            constraints: [Constraint("c", .static, roles: ["employee", "guest"], limit: 1)]
        )
        #expect(
            try lines(before, Policy(roles: roles)) == [#"role("employee") x gains"#, #"role("guest") x gains"#]
        )
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
