#if PolicyFiles
import Gatehouse
import GatehouseBase
import GatehousePolicyFiles
import SeededGenerator
import Testing

@Suite("A document is read as the policy that it is")
struct ReadingTests {
    private static let yaml = """
        # The document of contract section 2, as far as its sections are known.
        gatehouse: 1
        combining: deny-overrides
        permissions:
          org:invoices:read: Read invoices
          org:invoices:void: 'Void "invoices"'
        roles:
          org:viewer: { grants: ["org:reports:*"] }
          org:editor: { inherits: [org:member] }
          org:member:
            description: >-
              A member
              of it
            inherits:
            - org:viewer
            grants: [org:invoices:read]
            denies: ["org:invoices:void"]
        assignments:
          - { principal: alice, organization: org_1, role: org:member }
          - { principal: bob, role: org:editor, resource: "doc:4:2", notBefore: 2026-01-01T00:00:00Z, notAfter: 1.5e9 }
        """

    private static let json = """
        {"gatehouse": 1, "combining": "deny-overrides",
         "permissions": {"org:invoices:read": "Read invoices", "org:invoices:void": "Void \\"invoices\\""},
         "roles": {
          "org:viewer": {"grants": ["org:reports:*"]},
          "org:editor": {"inherits": ["org:member"]},
          "org:member": {"description": "A member of it", "inherits": ["org:viewer"],
           "grants": ["org:invoices:read"], "denies": ["org:invoices:void"]}},
         "assignments": [
          {"principal": "alice", "organization": "org_1", "role": "org:member"},
          {"principal": "bob", "role": "org:editor", "resource": "doc:4:2", "notBefore": "2026-01-01T00:00:00Z", "notAfter": 1500000000}]}
        """

    private static let policy = Policy {
        CataloguedPermission("org:invoices:read", "Read invoices")
        CataloguedPermission("org:invoices:void", "Void \"invoices\"")
        Role("org:viewer") { Grants("org:reports:*") }
        Role("org:editor") { Inherits("org:member") }
        Role("org:member", description: "A member of it") {
            Inherits("org:viewer")
            Grants("org:invoices:read")
            Denies("org:invoices:void")
        }
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

    @Test("in YAML, in YAML with CRLF and in JSON", arguments: [yaml, yaml.replacing("\n", with: "\r\n"), json])
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

    @Test("random changes to a document crash nothing, and are answered alike twice", arguments: [yaml, json])
    func mutations(text: String) {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        let seasoning = Array("&*!?|>%@`\"'{}[]:,#-~<\n\r\t 0\u{0}".utf8) + [0xC3, 0xEE, 0xEF, 0xBB, 0xBF, 0xFF]
        for _ in 0..<400 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0...bytes.count, using: &generator)
                let end = min(bytes.count, index + Int.random(in: 0...3, using: &generator))
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes.removeSubrange(index..<end)
                case 1:
                    bytes.insert(
                        contentsOf: bytes[index..<end],
                        at: Int.random(in: 0...bytes.count, using: &generator)
                    )
                default: bytes.insert(seasoning[Int.random(in: seasoning.indices, using: &generator)], at: index)
                }
            }
            let first = PolicyDocument(reading: bytes)
            let second = PolicyDocument(reading: bytes)
            let isSound =
                first.findings == second.findings && first.policy == second.policy
                && (first.policy == nil) == !first.findings.isEmpty
                && first.findings.allSatisfy { $0.position != nil }
                && (first.findings.count == 1 || first.findings.allSatisfy { $0.code != .syntax })
            #expect(isSound, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))\n\(first.findings)")
        }
    }
}
#endif
