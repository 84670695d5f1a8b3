import Gatehouse
import Testing

@Suite("A policy is checked whole before it is used")
struct PolicyFindingsTests {
    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var policy: Policy
        var code: Finding.Code
        var location: Finding.Location
    }

    @Test(
        "each mistake is one finding at its place",
        arguments: [
            Row(
                testDescription: "a catalogue entry that is no name",
                policy: Policy(permissions: [CataloguedPermission("a:*")]),
                code: .invalidName,
                location: .permission(0)
            ),
            Row(
                testDescription: "a role that has no name",
                policy: Policy(roles: [Role("")]),
                code: .invalidName,
                location: .role(0)
            ),
            Row(
                testDescription: "a role that looks like another but has other bytes",
                policy: Policy(roles: [Role("\u{212A}")]),
                code: .invalidName,
                location: .role(0)
            ),
            Row(
                testDescription: "a role that is defined twice",
                policy: Policy(roles: [Role("a"), Role("a")]),
                code: .duplicateID,
                location: .role(1)
            ),
            Row(
                testDescription: "a permission that is catalogued twice",
                policy: Policy(permissions: [CataloguedPermission("a"), CataloguedPermission("a")]),
                code: .duplicateID,
                location: .permission(1)
            ),
            Row(
                testDescription: "an inherited role that is not defined",
                policy: Policy(roles: [Role("a", inherits: ["b"])]),
                code: .unknownRole,
                location: .inherited(role: 0, 0)
            ),
            Row(
                testDescription: "a grant that is no pattern",
                policy: Policy(roles: [Role("a", grants: ["x", "inv*"])]),
                code: .invalidPattern,
                location: .grant(role: 0, 1)
            ),
            Row(
                testDescription: "a denial that is no pattern",
                policy: Policy(roles: [Role("a", denies: [""])]),
                code: .invalidPattern,
                location: .denial(role: 0, 0)
            ),
            Row(
                testDescription: "a grant that is not in the catalogue",
                policy: Policy(permissions: [CataloguedPermission("x")], roles: [Role("a", grants: ["x", "*", "y"])]),
                code: .unknownPermission,
                location: .grant(role: 0, 2)
            ),
            Row(
                testDescription: "any exact name under an empty catalogue",
                policy: Policy(permissions: [], roles: [Role("a", denies: ["y"])]),
                code: .unknownPermission,
                location: .denial(role: 0, 0)
            ),
            Row(
                testDescription: "an assigned role that is not defined",
                policy: Policy(assignments: [Assignment("b", to: "alice")]),
                code: .unknownRole,
                location: .assignment(0, .role)
            ),
            Row(
                testDescription: "an assignment to nobody",
                policy: Policy(roles: [Role("a")], assignments: [Assignment("a", to: "")]),
                code: .invalidAssignment,
                location: .assignment(0, .principal)
            ),
            Row(
                testDescription: "an assignment in the empty organization",
                policy: Policy(roles: [Role("a")], assignments: [Assignment("a", to: "alice", in: "")]),
                code: .invalidAssignment,
                location: .assignment(0, .organization)
            ),
            Row(
                testDescription: "an assignment to a type that is no segment",
                policy: Policy(roles: [Role("a")], assignments: [Assignment("a", to: "alice", type: "a:b")]),
                code: .invalidAssignment,
                location: .assignment(0, .type)
            ),
            Row(
                testDescription: "an assignment to the empty issuer",
                policy: Policy(roles: [Role("a")], assignments: [Assignment("a", to: "alice", issuer: "")]),
                code: .invalidAssignment,
                location: .assignment(0, .issuer)
            ),
            Row(
                testDescription: "a role that inherits itself",
                policy: Policy(roles: [Role("a", inherits: ["a"])]),
                code: .inheritanceCycle,
                location: .inherited(role: 0, 0)
            ),
            Row(
                testDescription: "a cycle at the entry that closes it",
                policy: Policy(roles: [Role("a", inherits: ["c", "b"]), Role("b", inherits: ["a"]), Role("c")]),
                code: .inheritanceCycle,
                location: .inherited(role: 1, 0)
            ),
        ]
    )
    func finds(row: Row) {
        let findings = row.policy.findings()
        #expect(findings.map(\.code) == [row.code])
        #expect(findings.map(\.location) == [row.location])
        #expect(throws: PolicyError.self) { try PolicyEngine(row.policy) }
    }

    @Test("an assignment to a name that reads as everybody is a mistake", arguments: ["*", "user:*", "a.b-c_d:*"])
    func assignedToEverybody(principal: String) {
        let policy = Policy(roles: [Role("a", grants: ["x"])], assignments: [Assignment("a", to: principal)])
        #expect(policy.findings().map(\.code) == [.invalidAssignment])
        #expect(policy.findings().map(\.location) == [.assignment(0, .principal)])
        #expect(policy.findings().allSatisfy { $0.message.contains("a rule for “*”") })
    }

    @Test(
        "an asterisk elsewhere is part of an id",
        arguments: ["**", ":*", "*:a", "user:*x", "a:b:*", "a b:*", "user*", "*:*"]
    )
    func idsWithAsterisks(principal: String) {
        let policy = Policy(roles: [Role("a", grants: ["x"])], assignments: [Assignment("a", to: principal)])
        #expect(policy.findings().isEmpty)
    }

    @Test("a cycle is printed from its first role to itself")
    func printsTheCycle() {
        let policy = Policy {
            Role("top") { Inherits("a") }
            Role("a") { Inherits("b") }
            Role("b") { Inherits("c") }
            Role("c") { Inherits("a") }
        }
        #expect(policy.findings().map(\.message) == ["inheritance runs in a cycle: a > b > c > a"])
    }

    @Test("a diamond is no cycle")
    func diamond() throws {
        let policy = Policy {
            Role("a") { Inherits("b", "c") }
            Role("b") { Inherits("d") }
            Role("c") { Inherits("d") }
            Role("d") { Grants("x") }
        }
        #expect(policy.findings().isEmpty)
    }

    @Test("a chain and a cycle of 100,000 roles are judged without deep recursion")
    func longChain() throws {
        var roles = (0..<100_000).map { Role("role:\($0)", inherits: ["role:\($0 + 1)"]) }
        roles.append(Role("role:100000", grants: ["x"]))
        let engine = try PolicyEngine(Policy(roles: roles))
        #expect(engine.resolve(Principal("alice", roles: ["role:0"])).allows("x", at: .distantPast))
        roles[100_000].inherits = ["role:0"]
        let findings = Policy(roles: roles).findings()
        #expect(findings.map(\.location) == [.inherited(role: 100_000, 0)])
        #expect(findings.first.map { $0.message.utf8.count < 300 } == true)
        #expect(findings.first?.message.contains("role:7 > … > role:99993") == true)
    }

    @Test("each role of a long chain that closes a cycle is found, in time that grows with their number")
    func manyCycles() {
        let roles =
            (0..<20_000).map { Role("role:\($0)", inherits: ["role:\($0 + 1)", "role:0"]) } + [Role("role:20000")]
        let findings = Policy(roles: roles).findings()
        #expect(findings.count == 20_000)
        #expect(findings.allSatisfy { $0.code == .inheritanceCycle })
    }
}
