import Gatehouse
import GatehouseBase
import SharedVectors
import Testing

@Suite("Spring Security's role hierarchy, translated, reaches the roles of its own tests", SharedVectors.trait)
struct SpringTests {
    private static let file = "rbac/spring-role-hierarchy.json"

    /// A role is reached where its holder has the permission that this role alone grants.
    @Test("the right roles are held", arguments: SharedVectors.rows(file, "reachable_cases"), Policy.Combining.allCases)
    func reachable(row: SharedVectors.Row, combining: Policy.Combining) throws {
        let held = row["have"].texts
        var policy = policy(row["hierarchy"], and: held)
        policy.combining = combining
        let principal = try PolicyEngine(policy).resolve(Principal("x", roles: held.map { RoleAssignment($0) }))
        let names = policy.roles.map(\.name)
        let expected = Set(row["expected"].texts)
        #expect(Set(names.filter { principal.allows("reached:\($0)", at: .distantPast) }) == expected)
        #expect(Set(names.filter { principal.holds(role: $0, at: .distantPast) }) == expected)
    }

    @Test("a cycle is refused", arguments: SharedVectors.rows(file, "cycle_cases"))
    func cycle(row: SharedVectors.Row) throws {
        let findings = policy(row.value).findings()
        #expect(!findings.isEmpty && findings.allSatisfy { $0.code == .inheritanceCycle })
    }

    @Test("a hierarchy that only looks cyclic is not refused", arguments: SharedVectors.rows(file, "no_cycle_cases"))
    func noCycle(row: SharedVectors.Row) {
        #expect(policy(row.value).findings().isEmpty)
    }

    private func policy(_ hierarchy: JSONValue?, and others: [String] = []) -> Policy {
        let pairs = (hierarchy?.elements ?? []).map { JSONValue?.some($0).texts }.filter { $0.count == 2 }
        let names = pairs.flatMap { $0 } + others
        let unique = names.enumerated().filter { names.firstIndex(of: $1) == $0 }.map(\.element)
        return Policy(
            roles: unique.map { name in
                Role(name, inherits: pairs.filter { $0[0] == name }.map { $0[1] }, grants: ["reached:\(name)"])
            }
        )
    }
}
