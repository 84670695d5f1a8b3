import Gatehouse
import GatehouseBase
import SharedVectors
import Testing

@Suite(
    "Wildcard permissions of spatie/laravel-permission, translated, decide as its own tests expect",
    SharedVectors.trait
)
struct SpatieTests {
    private static let file = "rbac/spatie-wildcard-permission.json"
    /// Requests that are wildcards. With spatie “may the user do posts.*?” is a question about a whole set, true only
    /// for who holds a wildcard there. Here a permission that is checked is one name, and a pattern is malformed.
    private static let withoutMeaning: Set<String> = [
        "can check wildcard permission: posts.*",
        "can check custom wildcard permission: posts:@",
        "can verify complex wildcard permissions: User::class.*",
        "permission instances assigned: posts.*",
        "guard (realm) isolation: news.*",
        "guard (realm) isolation: posts.*",
        "revoking removes wildcard grants: posts.*",
    ]

    @Test("each check is right", arguments: SharedVectors.rows(file, "cases") + SharedVectors.rows(file, "guard_cases"))
    func checks(row: SharedVectors.Row) throws {
        let dialect = SpatieDialect(row["delimiters"])
        let engine = try PolicyEngine(dialect.policy(try #require(row["policy"])))
        for check in row["checks"]?.elements ?? [] { try decide(check, row, dialect, engine) }
    }

    @Test("each check between edits is right", arguments: SharedVectors.rows(file, "stateful_cases"))
    func edits(row: SharedVectors.Row) throws {
        let dialect = SpatieDialect(nil)
        var policy = dialect.policy(try #require(row["policy"]))
        for step in row["steps"]?.elements ?? [] {
            if let check = step["check"] {
                try decide(check, row, dialect, PolicyEngine(policy))
                continue
            }
            let subject = try #require(step["subject"]?.string)
            let role = step["role"]?.string
            switch step["op"]?.string {
            case "assignRole": policy.assignments.append(Assignment(RoleAssignment(try #require(role)), to: subject))
            case "removeRole": policy.assignments.removeAll { $0.principal == subject && $0.role.role == role }
            case "revokeAll": policy.assignments.removeAll { $0.principal == subject }
            default: Issue.record("an unknown step: \(step)")
            }
        }
    }

    @Test("a name that is malformed there is malformed here", arguments: SharedVectors.rows(file, "invalid"))
    func invalid(row: SharedVectors.Row) throws {
        let pattern = try #require(row["permission"]?.string).split(separator: ".", omittingEmptySubsequences: false)
        let policy = Policy { Role("r", grants: [pattern.joined(separator: ":")]) }
        #expect(policy.findings().map(\.code) == [.invalidPattern])
    }

    @Test("only cases that are listed as without meaning here are left out")
    func complete() throws {
        let vectors = try #require(SharedVectors.json(Self.file).map { JSONValue($0) })
        let sections = ["cases", "guard_cases", "stateful_cases", "invalid"]
        #expect(vectors.members.filter { !$0.value.elements.isEmpty }.map(\.name) == sections)
        let wildcards = sections.flatMap { vectors[$0]?.elements ?? [] }
            .flatMap { row in
                let checks = (row["checks"]?.elements ?? []) + (row["steps"]?.elements ?? []).compactMap { $0["check"] }
                return checks.filter { SpatieDialect(row["delimiters"]).isWildcard($0) }.map { label(row, $0) }
            }
        #expect(Set(wildcards) == Self.withoutMeaning)
    }

    private func decide(
        _ check: JSONValue,
        _ row: SharedVectors.Row,
        _ dialect: SpatieDialect,
        _ engine: PolicyEngine
    ) throws {
        if dialect.isWildcard(check) { return }  // listed above
        let subject = Principal(try #require(check["subject"]?.string))
        let name = dialect.name(try #require(check["permission"]?.string), guardedBy: check["guard"]?.string)
        let decision = engine.decide(AccessCheck(try Permission(validating: name), by: subject, at: .distantPast))
        #expect(.bool(decision.isAllowed) == check["expected"], "\(label(row.value, check)): \(decision)")
    }

    private func label(_ row: JSONValue, _ check: JSONValue) -> String {
        "\(row["name"]?.string ?? ""): \(check["permission"]?.string ?? "")"
    }
}
