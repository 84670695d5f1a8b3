import GatehouseBase
import SharedVectors
import Testing

@Suite("No case of another engine is skipped in silence", SharedVectors.trait)
struct VectorFilesTests {
    /// The cases of each file that is translated: how many there are at each member.
    private static let translated: [(file: String, cases: [String: Int])] = [
        ("casbin-basic.json", ["checks": 8]), ("casbin-basic-with-superuser.json", ["checks": 12]),
        ("casbin-rbac.json", ["checks": 8]), ("casbin-rbac-deny.json", ["checks": 8]),
        ("casbin-rbac-resource-roles.json", ["checks": 8]), ("casbin-rbac-temporal.json", ["checks": 16]),
        ("conflict-semantics.json", ["cases": 6]),
        ("spatie-wildcard-permission.json", ["cases": 8, "guard_cases": 1, "stateful_cases": 3, "invalid": 1]),
        ("spring-role-hierarchy.json", ["reachable_cases": 12, "cycle_cases": 5, "no_cycle_cases": 1]),
    ]
    /// The files that have no decision to translate, and the reasons.
    private static let others: [(file: String, reason: String)] = [
        ("benchmark-workloads.json", "generators, measured by the benchmarks"),
        ("casbin-bench-measured.txt", "measurements"),
        ("cache-invalidation-scenarios.json", "about what a cache forgets, for the tests of the permission cache"),
    ]
    /// Members of these files that are lists but not of cases.
    private static let notCases: Set<String> = ["setup_calls", "policy_fields", "sources"]

    @Test("each file has the cases that are translated, and no others", arguments: translated)
    func cases(file: String, expected: [String: Int]) throws {
        let members = try #require(SharedVectors.json("rbac/\(file)").map { JSONValue($0) }).members
        let lists = members.filter { !$0.value.elements.isEmpty && !Self.notCases.contains($0.name) }
        #expect(Dictionary(uniqueKeysWithValues: lists.map { ($0.name, $0.value.elements.count) }) == expected)
    }

    @Test("each file is translated, or has a reason not to be")
    func files() {
        #expect(Set(SharedVectors.files(in: "rbac")) == Set(Self.translated.map(\.file) + Self.others.map(\.file)))
    }
}

extension JSONValue {
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
    var members: [JSONMember] { if case .object(let members) = self { members } else { [] } }
}

extension JSONValue? {
    /// The texts of a list; none where there is no list.
    var texts: [String] { (self?.elements ?? []).compactMap(\.string) }
}
