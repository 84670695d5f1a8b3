#if PolicyFiles
import Gatehouse
import GatehouseBase
import GatehousePolicyFiles
import SeededGenerator
import Testing

@Suite("A document is read as its policy")
struct ReadingTests {
    private static let yaml = """
        # The document of contract section 2, and more conditions.
        gatehouse: 1
        combining: deny-overrides
        permissions:
          org:invoices:read: Read invoices
          org:invoices:void: 'Void "invoices"'
        roles:
          org:viewer: { grants: ["org:reports:*"] }
          org:editor: { inherits: [org:member] }
          org:payer: { grants: ["org:payments:*"] }
          org:approver: { grants: ["org:approvals:*"] }
          org:member:
            description: >-
              A member
              of it
            inherits:
            - org:viewer
            grants: [org:invoices:read]
            denies: ["org:invoices:void"]
        rules:
          - id: own-drafts
            effect: allow
            roles: [org:member]
            permissions: ["org:documents:*"]
            when: { equals: [$resource.ownerID, $principal.id] }
          - { permissions: ['**'], roles: "*", effect: deny, id: "frozen \\u2122" }
          - id: every operator
            effect: deny
            roles: ["*", org:viewer]
            permissions:
            - org:documents:*
            - org:invoices:read
            when:
              any:
              - all:
                - notEquals: [~, [true, {a: $context.b, "$c": "$$d"}]]
                - exists: $context.a
              - not: { not: { lessThan: [+1.50, 0x1F] } }
              - atMost: [99999999999999999999, 1e400]
              - greaterThan: [-0.10, .5]
              - atLeast: ["$$", "1"]
              - in: [$principal.organization, [org_1, $resource.org, 1.]]
              - contains: [$principal.roles, org:member]
              - startsWith: [2026-01-01, "2026"]
        constraints:
          - id: pay-or-approve
            kind: static
            roles: [org:payer, org:approver]
            limit: 1
          - { limit: 2, roles: [org:payer, org:approver, org:editor], kind: dynamic, id: three }
        assignments:
          - { principal: alice, organization: org_1, role: org:member }
          - { principal: bob, role: org:editor, resource: "doc:4:2", notBefore: 2026-01-01T00:00:00Z, notAfter: 1.5e9 }
        """

    private static let json = #"""
        {"gatehouse": 1, "combining": "deny-overrides",
         "permissions": {"org:invoices:read": "Read invoices", "org:invoices:void": "Void \"invoices\""},
         "roles": {
          "org:viewer": {"grants": ["org:reports:*"]},
          "org:editor": {"inherits": ["org:member"]},
          "org:payer": {"grants": ["org:payments:*"]},
          "org:approver": {"grants": ["org:approvals:*"]},
          "org:member": {"description": "A member of it", "inherits": ["org:viewer"],
           "grants": ["org:invoices:read"], "denies": ["org:invoices:void"]}},
         "rules": [
          {"id": "own-drafts", "effect": "allow", "roles": ["org:member"], "permissions": ["org:documents:*"],
           "when": {"equals": ["$resource.ownerID", "$principal.id"]}},
          {"id": "frozen ™", "effect": "deny", "roles": ["*"], "permissions": ["**"]},
          {"id": "every operator", "effect": "deny", "roles": ["*", "org:viewer"],
           "permissions": ["org:documents:*", "org:invoices:read"],
           "when": {"any": [
            {"all": [
             {"notEquals": [null, [true, {"a": "$context.b", "$c": "$$d"}]]},
             {"exists": "$context.a"}]},
            {"not": {"not": {"lessThan": [1.50, 31]}}},
            {"atMost": [99999999999999999999, 1e400]},
            {"greaterThan": [-0.10, 0.5]},
            {"atLeast": ["$$", "1"]},
            {"in": ["$principal.organization", ["org_1", "$resource.org", 1]]},
            {"contains": ["$principal.roles", "org:member"]},
            {"startsWith": ["2026-01-01", "2026"]}]}}],
         "constraints": [
          {"id": "pay-or-approve", "kind": "static", "roles": ["org:payer", "org:approver"], "limit": 1},
          {"id": "three", "kind": "dynamic", "roles": ["org:payer", "org:approver", "org:editor"], "limit": 2}],
         "assignments": [
          {"principal": "alice", "organization": "org_1", "role": "org:member"},
          {"principal": "bob", "role": "org:editor", "resource": "doc:4:2", "notBefore": "2026-01-01T00:00:00Z", "notAfter": 1500000000}]}
        """#

    private static let operators: Condition = .any(
        .all(.notEquals(nil, [true, ["a": "$context.b", "$c": "$$d"]]), .exists("$context.a")),
        .not(.not(.lessThan(number("1.50"), 31))),
        .atMost(number("99999999999999999999"), number("1e400")),
        .greaterThan(number("-0.10"), number("0.5")),
        .atLeast("$$", "1"),
        .in("$principal.organization", ["org_1", "$resource.org", 1]),
        .contains("$principal.roles", "org:member"),
        .startsWith("2026-01-01", "2026")
    )

    private static func number(_ text: String) -> JSONValue { .number(JSONNumber(unchecked: text)) }

    private static let policy = Policy {
        CataloguedPermission("org:invoices:read", "Read invoices")
        CataloguedPermission("org:invoices:void", "Void \"invoices\"")
        Role("org:viewer") { Grants("org:reports:*") }
        Role("org:editor") { Inherits("org:member") }
        Role("org:payer") { Grants("org:payments:*") }
        Role("org:approver") { Grants("org:approvals:*") }
        Role("org:member", description: "A member of it") {
            Inherits("org:viewer")
            Grants("org:invoices:read")
            Denies("org:invoices:void")
        }
        Rule(
            "own-drafts",
            .allow,
            "org:documents:*",
            to: "org:member",
            when: .equals("$resource.ownerID", "$principal.id")
        )
        Rule("frozen ™", .deny, "**", to: "*")
        Rule(
            "every operator",
            .deny,
            "org:documents:*",
            "org:invoices:read",
            to: "*",
            "org:viewer",
            when: operators
        )
        Constraint("pay-or-approve", .static, roles: ["org:payer", "org:approver"], limit: 1)
        Constraint("three", .dynamic, roles: ["org:payer", "org:approver", "org:editor"], limit: 2)
        Assignment("org:member", to: "alice", in: "org_1")
        Assignment(
            RoleAssignment(
                "org:editor",
                on: ResourceID("doc:4:2"),
                notBefore: Timestamp(seconds: 1_767_225_600),
                notAfter: Timestamp(seconds: 1_500_000_000)
            ),
            to: "bob"
        )
    }

    @Test("YAML, YAML with CRLF and JSON give one policy", arguments: [yaml, yaml.replacing("\n", with: "\r\n"), json])
    func reads(text: String) throws {
        let bytes = Array(text.utf8)
        #expect(try PolicyDocument.policy(from: bytes) == Self.policy)
        #expect(try PolicyEngine(reading: bytes).revision == PolicyEngine(Self.policy).revision)
    }

    @Test("JSON read as YAML is the same policy")
    func jsonAsYAML() throws {
        #expect(try PolicyDocument.policy(from: Array("--- \(Self.json)".utf8)) == Self.policy)
    }

    @Test("a bad document throws all its findings")
    func throwsFindings() throws {
        let bytes = Array("gatehouse: 1\nrule: []\nconstraint: []\n".utf8)
        let error = #expect(throws: PolicyError.self) { try PolicyEngine(reading: bytes) }
        #expect(error?.findings == PolicyDocument(reading: bytes).findings)
        #expect(error?.findings.count == 2)
    }

    private static func precedes(_ lhs: Finding, _ rhs: Finding) -> Bool {
        guard let lhs = lhs.position, let rhs = rhs.position else { return false }
        return lhs < rhs
    }

    @Test("random changes to a document crash nothing, and are answered alike twice", arguments: [yaml, json])
    func mutations(text: String) {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let bytes = generator.changed(text)
            let first = PolicyDocument(reading: bytes)
            let second = PolicyDocument(reading: bytes)
            let isSound =
                first.findings == second.findings && first.policy == second.policy
                && (first.policy == nil) == first.findings.contains { $0.severity == .error }
                && first.findings.allSatisfy { $0.position != nil }
                && (first.findings.count == 1 || first.findings.allSatisfy { $0.code != .syntax })
                && Set(first.findings.map(\.severity)).count <= 1
                && first.findings == first.findings.sorted(by: Self.precedes)
            #expect(isSound, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))\n\(first.findings)")
        }
    }
}
#endif
