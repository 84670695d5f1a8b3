import Gatehouse
import Testing

@Suite("Whoever hands out a role gives only what they hold")
struct GrantingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What the role that is handed out grants and denies, and what each of the principal's roles does.
        var given: Parts
        var held: [Parts]
        var remainder: [String] = []
        var combining: [Combining] = Combining.allCases
        var rules: [Rule] = []

        struct Parts: Sendable {
            var grants: [String] = []
            var denies: [String] = []
        }
    }

    private static let context: Condition = .equals("$context.x", 1)

    static let patternCases: [Case] = [
        Case(
            testDescription: "the very same",
            given: .init(grants: ["org:invoices:*"]),
            held: [.init(grants: ["org:invoices:*"])]
        ),
        Case(
            testDescription: "one of many",
            given: .init(grants: ["org:invoices:*"]),
            held: [.init(grants: ["org:invoices:read"])],
            remainder: ["org:invoices:*"]
        ),
        Case(
            testDescription: "wider than the other",
            given: .init(grants: ["org:**"]),
            held: [.init(grants: ["**"])]
        ),
        Case(
            testDescription: "all that is not held cannot be said",
            given: .init(grants: ["**"]),
            held: [.init(grants: ["org:**"])],
            remainder: ["**"]
        ),
        Case(
            testDescription: "a denial of one's own is the remainder",
            given: .init(grants: ["org:**"]),
            held: [.init(grants: ["**"], denies: ["org:billing:**"])],
            remainder: ["org:billing:**"]
        ),
        Case(
            testDescription: "a denial narrowed by the grant",
            given: .init(grants: ["*:invoices:*"]),
            held: [.init(grants: ["**"], denies: ["org:*:void"])],
            remainder: ["org:invoices:void"]
        ),
        Case(
            testDescription: "the role denies the same",
            given: .init(grants: ["org:**"], denies: ["org:billing:**"]),
            held: [.init(grants: ["**"], denies: ["org:billing:**"])]
        ),
        Case(
            testDescription: "the role denies what is not held",
            given: .init(grants: ["org:*"], denies: ["org:pay"]),
            held: [.init(grants: ["org:*"], denies: ["org:pay"])]
        ),
        Case(
            testDescription: "nothing is held, and nothing is listed twice",
            given: .init(grants: ["b", "a:*", "a:b", "**", "b"]),
            held: [],
            remainder: ["**"]
        ),
        Case(
            testDescription: "lengths together are every length",
            given: .init(grants: ["org:**"]),
            held: [.init(grants: ["org:*", "org:*:*:**", "org:*:*"])]
        ),
        Case(
            testDescription: "one length is missing",
            given: .init(grants: ["org:**"]),
            held: [.init(grants: ["org:*", "org:*:*:**"])],
            remainder: ["org:*:*"]
        ),
        Case(
            testDescription: "a name is not its continuation",
            given: .init(grants: ["org", "org:**"]),
            held: [.init(grants: ["org:**"])],
            remainder: ["org"]
        ),
        Case(
            testDescription: "some are held",
            given: .init(grants: ["a:x", "b:x", "c:*:x"]),
            held: [.init(grants: ["*:x", "c:d:**"], denies: ["b:*"])],
            remainder: ["b:x", "c:*:x"]
        ),
        Case(
            testDescription: "two roles together hold it",
            given: .init(grants: ["org:*:read"]),
            held: [.init(grants: ["org:**"], denies: ["org:b:*"]), .init(grants: ["org:b:read"])],
            combining: [.anyCleanRole]
        ),
        Case(
            testDescription: "a denial of one role stops the other",
            given: .init(grants: ["org:*:read"]),
            held: [.init(grants: ["org:**"], denies: ["org:b:*"]), .init(grants: ["org:b:read"])],
            remainder: ["org:b:read"],
            combining: [.denyOverrides]
        ),
        Case(
            testDescription: "only the role's own denials count among clean roles",
            given: .init(grants: ["a"]),
            held: [.init(denies: ["a"]), .init(grants: ["a"])],
            combining: [.anyCleanRole]
        ),
    ]

    static let ruleCases: [Case] = [
        Case(
            testDescription: "a rule gives like a grant",
            given: .init(),
            held: [.init(grants: ["a:b"])],
            remainder: ["a:*"],
            rules: [Rule("r", .allow, "a:*", to: "given")]
        ),
        Case(
            testDescription: "a conditional rule gives too",
            given: .init(),
            held: [.init(grants: ["b"])],
            remainder: ["a"],
            rules: [Rule("r", .allow, "a", to: "given", when: context)]
        ),
        Case(
            testDescription: "what is held by the same rule alone is nothing new",
            given: .init(),
            held: [.init()],
            rules: [Rule("r", .allow, "a:**", to: "given", "held0", when: context)]
        ),
        Case(
            testDescription: "but where one's own denial stops it",
            given: .init(grants: ["c"]),
            held: [.init(denies: ["a:b:**"])],
            remainder: ["a:b:**", "c"],
            rules: [Rule("r", .allow, "a:**", to: "given", "held0", when: context)]
        ),
        Case(
            testDescription: "a grant is not held by a rule that may not apply",
            given: .init(grants: ["a"]),
            held: [.init()],
            remainder: ["a"],
            rules: [Rule("r", .allow, "a", to: "given", "held0", when: context)]
        ),
        Case(
            testDescription: "a rule for everyone gives nothing new",
            given: .init(),
            held: [],
            rules: [Rule("r", .allow, "a", to: "*", "given"), Rule("s", .allow, "b", to: "*", when: context)]
        ),
        Case(
            testDescription: "what everyone always has is held",
            given: .init(grants: ["a", "b"]),
            held: [],
            remainder: ["b"],
            rules: [Rule("r", .allow, "a", to: "*"), Rule("s", .allow, "b", to: "*", when: context)]
        ),
        Case(
            testDescription: "what nobody has is not given",
            given: .init(grants: ["a:*", "b"]),
            held: [.init(grants: ["b"])],
            rules: [Rule("r", .deny, "a:*", to: "*")]
        ),
        Case(
            testDescription: "a denial that may apply stops the principal",
            given: .init(grants: ["a:*"]),
            held: [.init(grants: ["a:*"])],
            remainder: ["a:b"],
            rules: [Rule("r", .deny, "a:b", to: "held0", when: context)]
        ),
        Case(
            testDescription: "one that limits the role alike does not, nor one for everyone",
            given: .init(grants: ["a:*"]),
            held: [.init(grants: ["a:*"])],
            rules: [
                Rule("r", .deny, "a:b", to: "held0", "given", when: context),
                Rule("s", .deny, "a:c", to: "*", when: context),
            ]
        ),
        Case(
            testDescription: "a denial that may apply takes nothing from the role",
            given: .init(grants: ["a"]),
            held: [],
            remainder: ["a"],
            rules: [Rule("r", .deny, "a", to: "given", when: context)]
        ),
    ]

    @Test("patterns and denials on both sides, and rules", arguments: patternCases + ruleCases)
    func cases(_ example: Case) throws {
        for combining in example.combining {
            var roles = [Role("given", grants: example.given.grants, denies: example.given.denies)]
            for (index, parts) in example.held.enumerated() {
                roles.append(Role("held\(index)", grants: parts.grants, denies: parts.denies))
            }
            // What is given by inheritance counts like what is given directly.
            roles += [Role("heir", inherits: ["given"]), Role("heir2", inherits: ["heir"])]
            let engine = try PolicyEngine(Policy(combining: combining, roles: roles, rules: example.rules))
            let principal = Principal("x", roles: example.held.indices.map { RoleAssignment("held\($0)") })
            for role in ["given", "heir", "heir2"] {
                let assessment = engine.canGrant(role, by: principal, at: .distantPast)
                #expect(assessment.remainder.map(\.text) == example.remainder, "\(combining) \(role)")
                #expect(assessment.isAllowed == example.remainder.isEmpty)
            }
        }
    }
}
