import Gatehouse
import Testing

@Suite("Rules and constraints are checked with the policy")
struct RuleFindingsTests {
    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var rules: [Rule] = []
        var constraints: [Constraint] = []
        var findings: [Finding.Code: Finding.Location] = [:]
    }

    private static let a = Rule("a", .allow, "x", to: "p")
    private static let one = Constraint("c", .static, roles: ["p", "q"], limit: 1)

    @Test(
        "each mistake is one finding at its place, and a correct rule that looks like one is none",
        arguments: [
            Row(testDescription: "a sound rule and constraint", rules: [a], constraints: [one]),
            Row(
                testDescription: "a rule without id",
                rules: [Rule("", .allow, "x", to: "p")],
                findings: [.invalidRule: .rule(0, .id)]
            ),
            Row(testDescription: "two rules of one id", rules: [a, a], findings: [.duplicateID: .rule(1, .id)]),
            Row(
                testDescription: "two rules whose ids are equal but for their bytes",
                rules: [Rule("\u{E9}", .allow, "x", to: "p"), Rule("e\u{301}", .allow, "x", to: "p")]
            ),
            Row(
                testDescription: "a rule and a constraint of one id",
                rules: [Rule("c", .allow, "x", to: "p")],
                constraints: [one]
            ),
            Row(
                testDescription: "a rule for nobody",
                rules: [Rule("a", .allow, permissions: ["x"], roles: [])],
                findings: [.invalidRule: .rule(0, .roles)]
            ),
            Row(
                testDescription: "a rule about nothing",
                rules: [Rule("a", .allow, permissions: [], roles: ["p"])],
                findings: [.invalidRule: .rule(0, .permissions)]
            ),
            Row(
                testDescription: "a rule for a role that is not defined",
                rules: [Rule("a", .allow, "x", to: "*", "r")],
                findings: [.unknownRole: .ruleRole(rule: 0, 1)]
            ),
            Row(
                testDescription: "more stars than one",
                rules: [Rule("a", .allow, "x", to: "**")],
                findings: [.unknownRole: .ruleRole(rule: 0, 0)]
            ),
            Row(
                testDescription: "a permission that is no pattern",
                rules: [Rule("a", .deny, "x", "inv*", to: "p")],
                findings: [.invalidPattern: .rulePermission(rule: 0, 1)]
            ),
            Row(
                testDescription: "a permission outside the catalogue",
                rules: [Rule("a", .deny, "x", "y:*", "y", to: "p")],
                findings: [.unknownPermission: .rulePermission(rule: 0, 2)]
            ),
            Row(
                testDescription: "a constraint without id",
                constraints: [Constraint("", .dynamic, roles: ["p", "q"], limit: 1)],
                findings: [.invalidConstraint: .constraint(0, .id)]
            ),
            Row(
                testDescription: "two constraints of one id",
                constraints: [one, one],
                findings: [.duplicateID: .constraint(1, .id)]
            ),
            Row(
                testDescription: "a constraint on a role that is not defined",
                constraints: [Constraint("c", .static, roles: ["p", "r"], limit: 1)],
                findings: [.unknownRole: .constraintRole(constraint: 0, 1)]
            ),
            Row(
                testDescription: "a constraint has no star",
                constraints: [Constraint("c", .static, roles: ["p", "*"], limit: 1)],
                findings: [.unknownRole: .constraintRole(constraint: 0, 1)]
            ),
        ] + limits
    )
    func findsMistakes(row: Row) {
        let policy = Policy(
            permissions: [CataloguedPermission("x")],
            roles: [Role("p", grants: ["x"]), Role("q", grants: ["x"])],
            rules: row.rules,
            constraints: row.constraints
        )
        let findings = policy.findings()
        #expect(Dictionary(findings.map { ($0.code, $0.location) }) { first, _ in first } == row.findings)
        #expect(findings.count == row.findings.count)
    }

    private static let limits: [Row] = [
        (["p", "q"], 0, false), (["p", "q"], 1, true), (["p", "q"], 2, false), (["p", "q"], -1, false),
        (["p", "p", "q"], 2, false), (["p"], 1, false), ([], 0, false), (["p", "q"], .max, false),
    ].map { roles, limit, isSound in
        Row(
            testDescription: "at most \(limit) of \(roles)",
            constraints: [Constraint("c", .static, roles: roles, limit: limit)],
            findings: isSound ? [:] : [.invalidConstraint: .constraint(0, .limit)]
        )
    }

    @Test("a policy with an error has no warning")
    func errorsSilenceWarnings() {
        var policy = Policy(roles: [Role("empty")])
        #expect(policy.findings().map(\.code) == [.emptyRole])
        policy.rules = [Rule("", .allow, "x", to: "*")]
        #expect(policy.findings().map(\.code) == [.invalidRule])
    }
}
