import Gatehouse
import GatehouseTesting
import Testing

@Suite("The coverage of a policy by its tests")
struct PolicyCoverageTests {
    private static let policy = Policy {
        Role("viewer") { Grants("doc:read", "doc:list") }
        Role("editor") {
            Inherits("viewer")
            Grants("doc:*")
            Denies("doc:void")
        }
        Rule("everyone", .allow, "help:*", to: Rule.everyone)
        Rule("never-void", .deny, "doc:void", to: "viewer")
    }

    @Test(
        "the coverage counts each grant, denial and rule that a decision names, once",
        arguments: [
            ([], [0, 0, 0]),
            ([("doc:read", "viewer")], [1, 0, 0]),
            ([("doc:read", "viewer"), ("doc:read", "viewer")], [1, 0, 0]),
            ([("doc:read", "editor")], [2, 0, 0]),
            ([("doc:void", "editor")], [0, 1, 1]),
            ([("help:me", "viewer")], [0, 0, 1]),
            ([("other", "editor")], [0, 0, 0]),
            (
                [("doc:list", "editor"), ("doc:read", "viewer"), ("doc:void", "editor"), ("help:x", "nobody")],
                [3, 1, 2]
            ),
        ] as [([(String, String)], [Int])]
    )
    func counts(checks: [(String, String)], expected: [Int]) throws {
        let engine = try PolicyEngine(Self.policy)
        var coverage = PolicyCoverage(of: engine.policy)
        for (permission, role) in checks {
            coverage.record(engine.decision(on: try Permission(validating: permission), holding: RoleAssignment(role)))
        }
        let counts = [coverage.ofGrants, coverage.ofDenials, coverage.ofRules]
        #expect(counts.map(\.covered) == expected)
        #expect(counts.map(\.total) == [3, 1, 2])
    }

    @Test("decisions of another policy cover nothing that this policy does not have")
    func otherPolicy() throws {
        let other = try PolicyEngine(Policy { Role("viewer") { Grants("doc:**") } })
        var coverage = PolicyCoverage(of: Self.policy)
        coverage.record(other.decision(on: "doc:read", holding: "viewer"))
        #expect(coverage.ofGrants == PolicyCoverage.Count(covered: 0, total: 3))
    }

    @Test("the coverage is 100 percent where there is nothing to cover, and less where anything is missing")
    func percent() {
        #expect(PolicyCoverage.Count(covered: 0, total: 0).percent == 100)
        #expect(PolicyCoverage.Count(covered: 1, total: 4).percent == 25)
        #expect(PolicyCoverage.Count(covered: 999_999, total: 1_000_000).percent < 100)
        let sum = PolicyCoverage.Count(covered: 1, total: 2) + PolicyCoverage.Count(covered: 3, total: 4)
        #expect(sum == PolicyCoverage.Count(covered: 4, total: 6))
    }
}
