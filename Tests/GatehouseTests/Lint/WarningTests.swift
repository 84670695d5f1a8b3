import Gatehouse
import Testing

@Suite("Parts without effect are told as warnings")
struct WarningTests {
    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var policy: Policy
        var code: Finding.Code
        var locations: [Finding.Location]

        init(_ description: String, _ code: Finding.Code, _ locations: Finding.Location..., in policy: Policy) {
            testDescription = description
            self.policy = policy
            self.code = code
            self.locations = locations
        }
    }

    @Test(
        "each warning stands at its place, and nowhere else",
        arguments: unused + empty + windows + shadowed + redundant + unreachable + constant
    )
    func warns(row: Row) throws {
        let findings = row.policy.findings()
        #expect(findings.filter { $0.code == row.code }.map(\.location) == row.locations)
        #expect(findings.allSatisfy { $0.severity == .warning })
        _ = try PolicyEngine(row.policy)
    }

    private static func catalogue(_ parts: any PolicyPart...) -> Policy {
        Policy {
            CataloguedPermission("a:b")
            CataloguedPermission("a:b:c")
            for part in parts { part }
        }
    }

    private static let unused = [
        Row("nothing is about either", .unusedPermission, .permission(0), .permission(1), in: catalogue()),
        Row("a grant", .unusedPermission, .permission(1), in: catalogue(Role("r", grants: ["a:b"]))),
        Row("a denial", .unusedPermission, .permission(0), in: catalogue(Role("r", denies: ["a:b:c"]))),
        Row("a star", .unusedPermission, .permission(1), in: catalogue(Role("r", grants: ["*:*"]))),
        Row("a rest", .unusedPermission, in: catalogue(Role("r", grants: ["a:**"]))),
        Row(
            "a rest takes one at least",
            .unusedPermission,
            .permission(0),
            in: catalogue(Role("r", grants: ["a:b:**"]))
        ),
        Row("a rule", .unusedPermission, .permission(1), in: catalogue(Rule("r", .deny, "*:b", to: "*"))),
    ]

    private static func assigned(_ notBefore: Int64?, _ notAfter: Int64?) -> Policy {
        Policy(
            roles: [Role("a", grants: ["x"])],
            assignments: [
                Assignment("a", to: "p"),
                Assignment(
                    RoleAssignment(
                        "a",
                        notBefore: notBefore.flatMap { Timestamp(seconds: $0) },
                        notAfter: notAfter.flatMap { Timestamp(seconds: $0) }
                    ),
                    to: "q"
                ),
            ]
        )
    }

    private static let windows = [
        Row("a window that ends before it begins", .emptyWindow, .assignment(1, .notAfter), in: assigned(2, 1)),
        Row("a window that ends when it begins", .emptyWindow, .assignment(1, .notAfter), in: assigned(1, 1)),
        Row("a window of a second", .emptyWindow, in: assigned(1, 2)),
        Row("a window without an end", .emptyWindow, in: assigned(1, nil)),
        Row("a window without a beginning", .emptyWindow, in: assigned(nil, 1)),
    ]

    private static let empty = [
        Row("a role without anything", .emptyRole, .role(0), in: Policy(roles: [Role("a")])),
        Row(
            "a role that is only inherited",
            .emptyRole,
            .role(1),
            in: Policy(roles: [Role("a", inherits: ["b"]), Role("b")])
        ),
        Row("a role that denies", .emptyRole, in: Policy(roles: [Role("a", denies: ["x"])])),
        Row(
            "a role that a rule names",
            .emptyRole,
            in: Policy(roles: [Role("a")], rules: [Rule("r", .allow, "x", to: "a")])
        ),
        Row(
            "a rule for everyone names no role",
            .emptyRole,
            .role(0),
            in: Policy(roles: [Role("a")], rules: [Rule("r", .allow, "x", to: "*")])
        ),
    ]

    private static func grants(_ grants: String..., under denies: String...) -> Policy {
        Policy(roles: [Role("r", grants: grants, denies: denies)])
    }

    private static let sixteen = Array(repeating: "a", count: 15).joined(separator: ":")

    private static let shadowed = [
        Row("the same", .shadowedGrant, .grant(role: 0, 0), in: grants("a:b", under: "a:b")),
        Row("a wider denial", .shadowedGrant, .grant(role: 0, 0), in: grants("a:b", under: "a:*")),
        Row("a narrower denial", .shadowedGrant, in: grants("a:*", under: "a:b")),
        Row("another length", .shadowedGrant, in: grants("a:b:c", under: "a:*")),
        Row("a rest", .shadowedGrant, .grant(role: 0, 1), in: grants("a", "a:b:c", under: "a:**")),
        Row("two denials together", .shadowedGrant, .grant(role: 0, 0), in: grants("a:**", under: "a:*", "a:*:**")),
        Row("a gap between two denials", .shadowedGrant, in: grants("a:**", under: "a:*", "a:*:*:**")),
        Row("denials of what the star may be", .shadowedGrant, in: grants("a:*", under: "a:a", "a:b")),
        Row(
            "a rest that has room for one segment only",
            .shadowedGrant,
            .grant(role: 0, 0),
            in: grants("\(sixteen):**", under: "\(sixteen):*")
        ),
        Row(
            "a denial that is inherited, twice removed",
            .shadowedGrant,
            .grant(role: 0, 0),
            in: Policy(
                roles: [
                    Role("a", inherits: ["b"], grants: ["x"]), Role("b", inherits: ["c"]),
                    Role("c", denies: ["x"]),
                ]
            )
        ),
        Row(
            "denials of two roles together",
            .shadowedGrant,
            .grant(role: 0, 0),
            in: Policy(
                roles: [
                    Role("a", inherits: ["b", "c"], grants: ["**"]), Role("b", denies: ["*"]),
                    Role("c", denies: ["*:**"]),
                ]
            )
        ),
        Row(
            "a denial of an heir",
            .shadowedGrant,
            in: Policy(roles: [Role("a", inherits: ["b"], denies: ["x"]), Role("b", grants: ["x"])])
        ),
        Row(
            "a denial by a rule",
            .shadowedGrant,
            in: Policy(roles: [Role("a", grants: ["x"])], rules: [Rule("r", .deny, "x", to: "a")])
        ),
    ]

    private static let redundant = [
        Row("the later of two equal ones", .redundantGrant, .grant(role: 0, 1), in: grants("a:b", "a:b")),
        Row("the narrower, wherever it stands", .redundantGrant, .grant(role: 0, 0), in: grants("a:b", "a:*")),
        Row(
            "two that cover it only together",
            .redundantGrant,
            .grant(role: 0, 1),
            .grant(role: 0, 2),
            in: grants("a:**", "a:*", "a:*:**")
        ),
        Row("a rest covers a star", .redundantGrant, .grant(role: 0, 0), in: grants("a:*", "a:**")),
        Row("a rest does not cover its prefix", .redundantGrant, in: grants("a", "a:**")),
        Row(
            "of two ways to write the same the later",
            .redundantGrant,
            .grant(role: 0, 1),
            in: grants("\(sixteen):**", "\(sixteen):*")
        ),
        Row(
            "an inherited one",
            .redundantGrant,
            .grant(role: 0, 0),
            in: Policy(roles: [Role("a", inherits: ["b"], grants: ["x"]), Role("b", grants: ["x"])])
        ),
        Row(
            "one of an heir",
            .redundantGrant,
            in: Policy(roles: [Role("a", inherits: ["b"], grants: ["**"]), Role("b", grants: ["x"])])
        ),
        Row(
            "one of a sibling",
            .redundantGrant,
            in: Policy(roles: [Role("a", grants: ["x"]), Role("b", grants: ["x"])])
        ),
    ]

    private static let roles = [
        Role("a", inherits: ["b"]), Role("b", denies: ["x", "y:*"]), Role("c", grants: ["z"]),
    ]

    private static func rules(_ rules: Rule...) -> Policy { Policy(roles: roles, rules: rules) }

    private static let maybe: Condition = .equals("$context.x", 1)

    private static let unreachable = [
        Row("denied by the role", .unreachableRule, .rule(0, nil), in: rules(Rule("r", .allow, "x", "y:z", to: "b"))),
        Row("denied by inheritance", .unreachableRule, .rule(0, nil), in: rules(Rule("r", .allow, "x", to: "a"))),
        Row("one permission is left", .unreachableRule, in: rules(Rule("r", .allow, "x", "z", to: "a"))),
        Row("one role is left", .unreachableRule, in: rules(Rule("r", .allow, "x", to: "a", "c"))),
        Row("everyone is left", .unreachableRule, in: rules(Rule("r", .allow, "x", to: "a", "*"))),
        Row(
            "denied by a rule",
            .unreachableRule,
            .rule(1, nil),
            in: rules(Rule("d", .deny, "w", to: "b"), Rule("r", .allow, "w", to: "a"))
        ),
        Row(
            "denied by a rule for a role that is not inherited",
            .unreachableRule,
            in: rules(Rule("d", .deny, "w", to: "a"), Rule("r", .allow, "w", to: "b"))
        ),
        Row(
            "denied to everyone",
            .unreachableRule,
            .rule(1, nil),
            in: rules(Rule("d", .deny, "w", to: "*"), Rule("r", .allow, "w", to: "*", "c"))
        ),
        Row(
            "denied by a role and to everyone together",
            .unreachableRule,
            .rule(1, nil),
            in: rules(Rule("d", .deny, "y:*:**", to: "*"), Rule("r", .allow, "y:**", to: "a"))
        ),
        Row(
            "denied under a condition",
            .unreachableRule,
            in: rules(Rule("d", .deny, "w", to: "*", when: maybe), Rule("r", .allow, "w", to: "*"))
        ),
        Row("denying what is denied already", .unreachableRule, in: rules(Rule("r", .deny, "x", to: "a"))),
        Row("under a condition", .unreachableRule, in: rules(Rule("r", .allow, "w", to: "*", when: maybe))),
    ]

    private static let never: Condition = .equals(1, 2)
    private static let always: Condition = .equals(1, 1)
    private static let neverKnown: Condition = .lessThan(1, "a")

    /// Conditions whose operands stand the wrong way round, or that ask for the whole list of roles: each is false in every check.
    private static let misread: [Condition] = [
        .in("$principal.roles", ["a", "b"]), .in(["a", "b"], "$principal.roles"),
        .contains(["a", "b"], "$principal.roles"),
        .contains("$principal.roles", ["a"]), .equals("$principal.roles", "a"), .in("$principal.id", [["a"], ["b"]]),
        .not(.exists("$principal.id")), .exists("$principal.id.name"),
    ]

    @Test("a rule whose condition is false for the types of Gatehouse's names has no effect", arguments: misread)
    func idle(condition: Condition) {
        for effect in [Rule.Effect.allow, .deny] {
            let findings = Self.rules(Rule("r", effect, "w", to: "*", when: condition)).findings()
            #expect(findings.map(\.location) == [.rule(0, nil)])
            #expect(findings.map(\.code) == [.unreachableRule])
        }
    }

    @Test(
        "the message about an “in” with a list as its element says which operand comes first",
        arguments: [
            Condition.in("$principal.roles", ["a", "b"]), .in(["a", "b"], "$principal.roles"),
            .all([.not(.not(.in(["a"], "$principal.id")))]),
        ]
    )
    func order(condition: Condition) {
        let messages = Self.rules(Rule("r", .allow, "w", to: "*", when: condition)).findings().map(\.message)
        #expect(messages.count == 1)
        #expect(messages.allSatisfy { $0.hasSuffix("; “in” takes the element first, and then the list") })
    }

    private static let constant = [
        Row(
            "an attribute may be a list of lists, or missing",
            .unreachableRule,
            in: rules(
                Rule("r", .deny, "w", to: "*", when: .in(["a", "b"], "$context.x")),
                Rule("s", .deny, "w", to: "*", when: .in("$principal.id", ["a", "b"])),
                Rule("t", .deny, "w", to: "*", when: .equals("$principal.organization", "o"))
            )
        ),
        Row(
            "allowing where the organization is null, which is missing",
            .unreachableRule,
            .rule(0, nil),
            in: rules(
                Rule("r", .allow, "w", to: "*", when: .equals("$principal.organization", .null)),
                Rule("s", .deny, "v", to: "*", when: .equals("$principal.organization", .null))
            )
        ),
        Row(
            "denied under conditions that are never false",
            .unreachableRule,
            .rule(2, nil),
            .rule(3, nil),
            in: rules(
                Rule("d", .deny, "w", to: "*", when: always),
                Rule("e", .deny, "v", to: "*", when: neverKnown),
                Rule("r", .allow, "w", to: "*"),
                Rule("s", .allow, "v", to: "*")
            )
        ),
        Row(
            "allowing under a condition that is never true",
            .unreachableRule,
            .rule(0, nil),
            .rule(1, nil),
            in: rules(Rule("r", .allow, "w", to: "*", when: never), Rule("s", .allow, "w", to: "*", when: neverKnown))
        ),
        Row(
            "denying under a condition that is never true",
            .unreachableRule,
            .rule(0, nil),
            in: rules(Rule("r", .deny, "w", to: "*", when: never), Rule("s", .deny, "w", to: "*", when: neverKnown))
        ),
    ]
}
