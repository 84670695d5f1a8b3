import Gatehouse
import GatehouseBase
import SharedVectors
import Testing

@Suite("Each combining decides conflicts as the engines of its kind, where engines differ", SharedVectors.trait)
struct ConflictTests {
    private static let rows = SharedVectors.rows("rbac/conflict-semantics.json", "cases")
    /// The file's name for each combining.
    private static let combinings: [(Policy.Combining, String)] = [
        (.denyOverrides, "denyOverrides"), (.anyCleanRole, "perRoleThenAny"),
    ]

    @Test("each conflict is decided as the engines of its kind decide it", arguments: rows, combinings)
    func cases(row: SharedVectors.Row, combining: (ours: Policy.Combining, name: String)) throws {
        var policy = Policy(combining: combining.ours)
        for role in row["policy"]?["roles"]?.members ?? [] {
            policy.roles.append(Role(role.name, grants: role.value["allow"].texts, denies: role.value["deny"].texts))
            let failing = role.value["deny_when_error"].texts
            // Their condition raises an error where ours is unknown.
            let condition: Condition = .lessThan("$context.missing", 1)
            if !failing.isEmpty {
                policy.rules.append(Rule("error", .deny, permissions: failing, roles: [role.name], when: condition))
            }
        }
        let principal = Principal("x", roles: row["subject_roles"].texts.map { RoleAssignment($0) })
        let permission = try Permission(validating: #require(row["permission"]?.string))
        let decision = try PolicyEngine(policy)
            .decide(AccessCheck(permission, by: principal, at: .distantPast))
        // The case of an error is given for one combining alone; ours fails closed under both.
        let expected = try #require(row[combining.name] ?? row["denyOverrides"])
        #expect(.bool(decision.isAllowed) == expected, "\(decision)")
    }
}
