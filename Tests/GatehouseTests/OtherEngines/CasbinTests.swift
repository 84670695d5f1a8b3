import Gatehouse
import GatehouseBase
import SharedVectors
import Testing

@Suite("Casbin's policies, translated, decide as its own tests expect", SharedVectors.trait)
struct CasbinTests {
    private static let files = [
        "casbin-basic.json", "casbin-basic-with-superuser.json", "casbin-rbac.json", "casbin-rbac-deny.json",
        "casbin-rbac-resource-roles.json", "casbin-rbac-temporal.json",
    ]
    /// “Any instant between year 1 and 9999”, says the temporal file; in the others time plays no part.
    private static let instants = ["0001-01-01T00:00:00Z", "2026-11-23T12:00:00Z", "9999-01-01T00:00:00Z"]

    /// If nothing denies, Casbin's “allow-override” is the same as our “deny-overrides”; so both are ours.
    @Test("each check of Casbin has the expected answer", arguments: files, instants)
    func checks(file: String, instant: String) throws {
        let vectors = try #require(SharedVectors.json("rbac/\(file)").map { JSONValue($0) })
        let normalized = try #require(vectors["policy"]?["normalized"])
        let hasRoot = vectors["matcher"]?.string?.contains("r.sub == \"root\"") == true
        let engine = try PolicyEngine(policy(normalized, hasRoot: hasRoot))
        let time = try #require(Timestamp(rfc3339: instant))
        let checks = vectors["checks"]?.elements ?? []
        #expect(checks.count >= 8)
        for check in checks {
            let subject = try #require(check["subject"]?.string)
            let permission = try Permission(validating: #require(check["permission"]?.string))
            let decision = engine.decide(AccessCheck(permission, by: Principal(subject), at: time))
            #expect(.bool(decision.isAllowed) == check["expected"], "\(subject) \(permission): \(decision)")
        }
    }

    /// Casbin gives permissions to users and to roles; here a user's own stand in a role of that user alone. Its object
    /// and action are the two segments of a permission. A matcher that lets “root” do everything is a role with `**`.
    private func policy(_ normalized: JSONValue, hasRoot: Bool) throws -> Policy {
        let groups = normalized["resource_groups"]?.elements ?? []
        let users = normalized["users"]?.members ?? []
        var policy = Policy(
            roles: (normalized["roles"]?.members ?? []).map { role($0.name, $0.value, groups) }
                + users.map { role("user:\($0.name)", $0.value, groups) }
        )
        for user in users {
            policy.assignments.append(Assignment(RoleAssignment("user:\(user.name)"), to: user.name))
            for role in user.value["roles"]?.elements ?? [] {
                policy.assignments.append(Assignment(try assignment(role), to: user.name))
            }
        }
        if hasRoot {
            policy.roles.append(Role("root", grants: ["**"]))
            policy.assignments.append(Assignment("root", to: "root"))
        }
        return policy
    }

    /// A grant on a group of resources is a grant on each of its members.
    private func role(_ name: String, _ value: JSONValue, _ groups: [JSONValue]) -> Role {
        func patterns(_ effect: String) -> [String] {
            (value["permissions"]?.elements ?? []).filter { $0["effect"]?.string == effect }
                .compactMap { $0["permission"]?.string }
                .flatMap { permission in
                    let parts = permission.split(separator: ":").map(String.init)
                    let members = groups.filter { $0["group"]?.string == parts.first }
                    return [permission] + members.compactMap { $0["member"]?.string }.map { "\($0):\(parts[1])" }
                }
        }
        let inherits = (value["inherits"]?.elements ?? []).compactMap(\.string)
        return Role(name, inherits: inherits, grants: patterns("allow"), denies: patterns("deny"))
    }

    private func assignment(_ value: JSONValue) throws -> RoleAssignment {
        /// Casbin writes “0000-01-01 00:00:00” for the moment that RFC 3339 writes “0000-01-01T00:00:00Z”.
        func time(_ name: String) throws -> Timestamp? {
            guard let text = value[name]?.string else { return nil }
            let time: Timestamp = try #require(
                Timestamp(rfc3339: text.split(separator: " ").joined(separator: "T") + "Z")
            )
            return time
        }
        let role = try #require(value["role"]?.string)
        return RoleAssignment(role, notBefore: try time("notBefore"), notAfter: try time("notAfter"))
    }
}
