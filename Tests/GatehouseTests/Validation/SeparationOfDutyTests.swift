import Gatehouse
import SeededGenerator
import Testing

@Suite("The policy's own assignments keep to static separation of duty")
struct SeparationOfDutyTests {
    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var kind = Constraint.Kind.static
        var assignments: [Assignment]
        var violating: [Int]
    }

    @Test(
        "a violation stands at the role of the assignment that is too many",
        arguments: [
            Row(testDescription: "one of the two", assignments: [Assignment("pay", to: "al")], violating: []),
            Row(
                testDescription: "both",
                assignments: [Assignment("pay", to: "al"), Assignment("approve", to: "al")],
                violating: [1]
            ),
            Row(
                testDescription: "both, under a dynamic constraint",
                kind: .dynamic,
                assignments: [Assignment("pay", to: "al"), Assignment("approve", to: "al")],
                violating: []
            ),
            Row(
                testDescription: "the same twice",
                assignments: [Assignment("pay", to: "al"), Assignment("pay", to: "al")],
                violating: []
            ),
            Row(
                testDescription: "two principals",
                assignments: [Assignment("pay", to: "al"), Assignment("approve", to: "bo")],
                violating: []
            ),
            Row(
                testDescription: "principals that differ in bytes only",
                assignments: [Assignment("pay", to: "\u{E9}"), Assignment("approve", to: "e\u{301}")],
                violating: []
            ),
            Row(
                testDescription: "two organizations",
                assignments: [Assignment("pay", to: "al", in: "o"), Assignment("approve", to: "al", in: "p")],
                violating: []
            ),
            Row(
                testDescription: "an organization and everywhere",
                assignments: [Assignment("approve", to: "al"), Assignment("pay", to: "al", in: "o")],
                violating: [1]
            ),
            Row(
                testDescription: "in two organizations at one assignment, which is told once",
                assignments: [
                    Assignment("pay", to: "al", in: "o"), Assignment("pay", to: "al", in: "p"),
                    Assignment("approve", to: "al"),
                ],
                violating: [2]
            ),
            Row(
                testDescription: "in two organizations, each at its own",
                assignments: [
                    Assignment("pay", to: "al"), Assignment("approve", to: "al", in: "p"),
                    Assignment("approve", to: "al", in: "o"), Assignment("pay", to: "al", in: "o"),
                ],
                violating: [1, 2]
            ),
            Row(
                testDescription: "one role that inherits both, and one that inherits one",
                assignments: [
                    Assignment("pay", to: "al"), Assignment("chief", to: "bo"), Assignment("clerk", to: "bo"),
                ],
                violating: [1]
            ),
            Row(
                testDescription: "for different resources and times",
                assignments: [
                    Assignment(RoleAssignment("pay", on: ResourceID("doc:1"), notAfter: .distantPast), to: "al"),
                    Assignment(RoleAssignment("approve", on: ResourceID("doc:2")), to: "al"),
                ],
                violating: [1]
            ),
        ]
    )
    func findsViolations(row: Row) {
        let policy = Policy(
            roles: [
                Role("pay", grants: ["x"]), Role("approve", grants: ["y"]), Role("clerk", inherits: ["pay"]),
                Role("chief", inherits: ["clerk", "approve"]),
            ],
            constraints: [Constraint("c", row.kind, roles: ["pay", "approve"], limit: 1)],
            assignments: row.assignments
        )
        let findings = policy.findings()
        #expect(findings.map(\.code) == row.violating.map { _ in .constraintViolated })
        #expect(findings.map(\.location) == row.violating.map { .assignment($0, .role) })
    }

    @Test("the message names the principal, the place, the roles and the constraint")
    func tellsEverything() {
        let policy = Policy(
            roles: [Role("pay", grants: ["x"]), Role("approve", grants: ["y"])],
            constraints: [Constraint("two-men", .static, roles: ["pay", "approve"], limit: 1)],
            assignments: [Assignment("pay", to: "alice"), Assignment("approve", to: "alice", in: "org_1")]
        )
        let message = policy.findings().first?.message ?? ""
        for part in ["alice", "org_1", "pay", "approve", "two-men"] { #expect(message.contains("“\(part)”")) }
    }

    @Test("a cycle silences the finding of a violation, and other errors do not")
    func otherErrors() {
        var policy = Policy(
            roles: [Role("a", grants: ["x"]), Role("b", grants: ["y"])],
            rules: [Rule("", .allow, "x", to: "*")],
            constraints: [Constraint("c", .static, roles: ["a", "b"], limit: 1)],
            assignments: [Assignment("a", to: "al"), Assignment("b", to: "al")]
        )
        #expect(policy.findings().map(\.code) == [.invalidRule, .constraintViolated])
        policy.roles[0].inherits = ["unknown"]
        #expect(policy.findings().map(\.code) == [.unknownRole, .invalidRule, .constraintViolated])
        policy.roles[0].inherits = ["a"]
        #expect(policy.findings().map(\.code) == [.inheritanceCycle, .invalidRule])
    }

    @Test("random assignments have the violations that a naive count finds", arguments: 0..<20)
    func agreesWithNaiveCount(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let policy = Self.randomPolicy(&random)
            let found = policy.findings().filter { $0.code == .constraintViolated }.compactMap(\.location)
            #expect(found.map(\.description).sorted() == Self.naive(policy).map(\.description).sorted())
        }
    }

    /// Enough roles that some constraints fill more than one word of 64.
    private static func randomPolicy(_ random: inout SeededGenerator) -> Policy {
        let names = (0..<(random.chance(50) ? 8 : 150)).map { "role:\($0)" }
        let roles = names.enumerated().map { place, name in
            let inherited = place == 0 ? [] : names[..<place].filter { _ in random.chance(150 / names.count) }
            return Role(name, inherits: inherited, grants: ["x"])
        }
        let constraints = (0..<Int.random(in: 1...12, using: &random)).map { number in
            let named = Array(names.shuffled(using: &random).prefix(Int.random(in: 2...names.count, using: &random)))
            let limit = Int.random(in: 1..<named.count, using: &random)
            return Constraint("c\(number)", random.chance(80) ? .static : .dynamic, roles: named, limit: limit)
        }
        let assignments = (0..<Int.random(in: 0...30, using: &random)).map { _ in
            Assignment(
                RoleAssignment(random.pick(names)),
                to: random.pick(["al", "bo", "cy"]),
                in: random.chance(60) ? random.pick(["o", "p"]) : nil
            )
        }
        return Policy(roles: roles.shuffled(using: &random), constraints: constraints, assignments: assignments)
    }

    private static func naive(_ policy: Policy) -> [Finding.Location] {
        var found: [Finding.Location] = []
        for constraint in policy.constraints where constraint.kind == .static {
            var violating: Set<Int> = []
            for principal in Set(policy.assignments.map(\.principal)) {
                for organization in Set(policy.assignments.map(\.organization)) {
                    var held: Set<String> = []
                    for (place, assignment) in policy.assignments.enumerated()
                    where assignment.principal == principal
                        && (assignment.organization == nil || assignment.organization == organization)
                    {
                        held.formUnion(authorized(assignment.role.role, policy))
                        guard held.intersection(constraint.roles).count > constraint.limit else { continue }
                        violating.insert(place)
                        break
                    }
                }
            }
            found += violating.map { .assignment($0, .role) }
        }
        return found
    }

    private static func authorized(_ role: String, _ policy: Policy) -> Set<String> {
        var found: Set<String> = [role]
        var open = [role]
        while let next = open.popLast() {
            for inherited in policy.roles.first(where: { $0.name == next })?.inherits ?? []
            where found.insert(inherited).inserted {
                open.append(inherited)
            }
        }
        return found
    }
}
