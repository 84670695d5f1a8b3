import GatehouseBase
import SeededGenerator
import SharedVectors
import Testing

@testable import Gatehouse

@Suite("Two policies have the same revision only if they are the same policy")
struct PolicyRevisionTests {
    /// The bytes behind these, as ``PolicyContent`` describes them, were put together by a program of its own in Python, with
    /// `struct.pack("<q", number)`, `str.encode()` and `hashlib.sha256`.
    static let known: [(policy: Policy, revision: String)] = [
        (Policy(), "31d8d84b3ed0c80bb224e852889f2c655ff60156f4681d52711f9ed52dadef51"),
        (
            Policy(
                permissions: [CataloguedPermission("a:read", "Read \u{E9}"), CataloguedPermission("a:write")],
                roles: [
                    Role("reader", grants: ["a:read"]),
                    Role(
                        "writer",
                        description: "writes",
                        inherits: ["reader"],
                        grants: ["a:write"],
                        denies: ["a:read"]
                    ),
                ],
                rules: [
                    Rule("own", .allow, "a:*", to: Rule.everyone, when: .equals("$resource.owner", "$principal.id")),
                    Rule("never", .deny, "a:write", to: "reader"),
                ],
                constraints: [Constraint("one", .dynamic, roles: ["reader", "writer"], limit: 1)],
                assignments: [
                    Assignment(
                        RoleAssignment(
                            "reader",
                            on: ResourceID(type: "doc", id: "42"),
                            notBefore: Timestamp(seconds: 1_800_000_000),
                            notAfter: Timestamp(seconds: 1_800_000_060, nanoseconds: 5)
                        ),
                        to: "alice",
                        in: "org_1"
                    ), Assignment("writer", to: "bob", type: "machine", issuer: "https://issuer"),
                ]
            ), "826d37c267927e557b70953b5fa757dab104babfee1dffac946d07cb1fc609ef"
        ),
    ]

    @Test("the revision is the SHA-256 of the content, as another program computes it", arguments: known)
    func value(policy: Policy, revision: String) throws {
        #expect(try PolicyEngine(policy).revision.text == revision)
    }

    /// Pairs that an encoding without lengths, counts or marks of absence would confuse.
    static let alike: [(Policy, Policy)] = [
        (Policy(permissions: nil), Policy(permissions: [])),
        (Policy(roles: [Role("a")]), Policy(roles: [Role("a", description: "")])),
        (Policy(roles: [Role("a", description: "x")]), Policy(roles: [Role("a", inherits: ["x"])])),
        (Policy(roles: [Role("a", grants: ["x", "y"])]), Policy(roles: [Role("a", grants: ["x"], denies: ["y"])])),
        (Policy(roles: [Role("a", grants: ["x", "y"])]), Policy(roles: [Role("a", grants: ["xy"])])),
        (Policy(roles: [Role("a", grants: ["x", "y"])]), Policy(roles: [Role("a", grants: ["y", "x"])])),
        (Policy(roles: [Role("a"), Role("b")]), Policy(roles: [Role("ab")])),
        (
            Policy(roles: [Role("a", description: "\u{E9}")]),
            Policy(roles: [Role("a", description: "e\u{301}")])
        ),
        (
            Policy(rules: [Rule("r", .allow, "x", to: "*")]),
            Policy(rules: [Rule("r", .allow, "x", to: "*", when: .all([]))])
        ),
        (
            Policy(rules: [Rule("r", .allow, "x", to: "*", when: .exists("$a"))]),
            Policy(rules: [Rule("r", .allow, "x", to: "*", when: .not(.exists("$a")))])
        ),
        (
            Policy(rules: [Rule("r", .allow, "x", to: "*", when: .equals("$a", 1))]),
            Policy(rules: [Rule("r", .allow, "x", to: "*", when: .equals("$a", "1"))])
        ),
        (
            Policy(rules: [Rule("r", .allow, "x", to: "*", when: .equals("$a", nil))]),
            Policy(rules: [Rule("r", .allow, "x", to: "*", when: .equals("$a", []))])
        ),
        (
            Policy(constraints: [Constraint("c", .static, roles: ["a", "b", "c"], limit: 1)]),
            Policy(constraints: [Constraint("c", .static, roles: ["a", "b", "c"], limit: 2)])
        ),
        (Policy(assignments: [Assignment("a", to: "p")]), Policy(assignments: [Assignment("a", to: "p", in: "")])),
        (Policy(assignments: [Assignment("a", to: "p")]), Policy(assignments: [Assignment("a", to: "p", type: "x")])),
        (Policy(assignments: [Assignment("a", to: "p")]), Policy(assignments: [Assignment("a", to: "p", issuer: "")])),
        (
            Policy(assignments: [Assignment("a", to: "p", in: "i")]),
            Policy(assignments: [Assignment("a", to: "p", issuer: "i")])
        ),
        (
            Policy(assignments: [Assignment(RoleAssignment("a", notBefore: .distantPast), to: "p")]),
            Policy(assignments: [Assignment(RoleAssignment("a", notAfter: .distantPast), to: "p")])
        ),
        (
            Policy(assignments: [Assignment(RoleAssignment("a", notAfter: Timestamp(seconds: 1)), to: "p")]),
            Policy(
                assignments: [Assignment(RoleAssignment("a", notAfter: Timestamp(seconds: 1, nanoseconds: 1)), to: "p")]
            )
        ),
    ]

    @Test("policies that only look alike have different revisions", arguments: alike)
    func differs(one: Policy, other: Policy) throws {
        #expect(try PolicyRevision(of: one) != PolicyRevision(of: other))
    }

    @Test("a random policy has the revision of its equal, and each small edit gives another", arguments: 0..<20)
    func edits(seed: Int) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: UInt64(seed)))
        var policies: [String: String] = [:]
        var policy = source.policy()
        for _ in 0..<50 {
            // Written out, since equal texts of a policy may have different bytes.
            let text = String(reflecting: policy)
            let revision = try PolicyEngine(policy).revision.text
            #expect(policies.updateValue(text, forKey: revision).map { $0.hasSameBytes(as: text) } ?? true)
            policy = source.edited(policy)
        }
        // An edit may change nothing, and a second one may undo the first.
        #expect(Set(policies.values.map { ByteText($0) }).count == policies.count)
        #expect(policies.count > 20)

        var again = RandomPolicy(random: SeededGenerator(seed: UInt64(seed)))
        var equal = RandomPolicy(random: SeededGenerator(seed: UInt64(seed)))
        #expect(try PolicyEngine(again.policy()).revision == PolicyEngine(equal.policy()).revision)
    }

    @Test("policies that a hash of 64 bits could not tell apart have different revisions", SharedVectors.trait)
    func formerlyEqual() throws {
        let policies = try ["a", "b"].map { name in
            let document = try #require(SharedVectors.json("cases/revision-\(name).json").map { JSONValue($0) })
            guard case .object(let roles)? = document["roles"] else { throw PolicyError(findings: []) }
            return Policy(
                roles: roles.map { role in
                    Role(role.name, description: role.value["description"]?.string, grants: Self.grants(of: role.value))
                }
            )
        }
        #expect(policies.allSatisfy { $0.roles.count == 2 && $0.roles.allSatisfy { $0.grants.count == 1 } })
        #expect(try PolicyEngine(policies[0]).revision != PolicyEngine(policies[1]).revision)
    }

    private static func grants(of role: JSONValue) -> [String] {
        guard case .array(let grants)? = role["grants"] else { return [] }
        return grants.compactMap(\.string)
    }

    @Test("there is no revision where there is no SHA-256")
    func noDigest() throws {
        let error = #expect(throws: PolicyError.self) { try PolicyRevision(of: Policy(), digest: { _ in nil }) }
        #expect(error?.findings.isEmpty == true)
        #expect(error?.description == "the policy's revision cannot be computed, as libcrypto's SHA-256 fails")
    }
}
