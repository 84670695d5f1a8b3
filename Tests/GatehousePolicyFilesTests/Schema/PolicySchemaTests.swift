#if PolicyFiles
import Gatehouse
import GatehouseBase
import Testing

@testable import GatehousePolicyFiles

@Suite("The schema accepts each document that the reader accepts, and refuses documents of the wrong shape")
struct PolicySchemaTests {
    static let whole = """
        gatehouse: 1
        combining: any-clean-role
        permissions: { "docs:read": Read, "docs:edit": Edit }
        roles:
          reader: { description: Reads, grants: ["docs:read"] }
          editor: { inherits: [reader], grants: ["docs:*"], denies: ["docs:edit"] }
        rules:
          - id: own
            effect: allow
            roles: ["*"]
            permissions: ["docs:**"]
            when:
              all:
                - equals: [$resource.owner, $principal.id]
                - not: { in: [$principal.id, [a, b]] }
                - any: [ { exists: $context.x }, { atMost: [$context.n, 3.5] } ]
        constraints:
          - { id: one, kind: dynamic, roles: [reader, editor], limit: 1 }
        assignments:
          - { principal: alice, type: machine, issuer: "https://a.example", organization: org_1, role: reader }
          - { principal: bob, role: editor, resource: "doc:42", notBefore: 2026-01-01T00:00:00Z, notAfter: 1900000000 }
        """

    private func faults(_ text: String) throws -> [String] {
        var errors: [SyntaxError] = []
        let value = try PolicyDocument.tree(of: Array(text.utf8)).root.json(&errors)
        return try SchemaValidator(PolicyDocument.schema).faults(of: value)
    }

    private func isAccepted(_ text: String) -> Bool {
        PolicyDocument(reading: Array(text.utf8)).policy != nil
    }

    @Test("a document with every key is accepted by both")
    func complete() throws {
        #expect(PolicyDocument(reading: Array(Self.whole.utf8)).findings.filter { $0.severity == .error } == [])
        #expect(try faults(Self.whole) == [])
    }

    @Test(
        "a document of the wrong shape is refused by both",
        arguments: [
            ("gatehouse: 1\n", ""), ("gatehouse: 1", "gatehouse: 2"), ("any-clean-role", "allow-overrides"),
            ("\"docs:read\": Read", "\"docs:*\": Read"), ("\"docs:read\": Read", "\"docs:read\": 1"),
            ("inherits: [reader]", "inherits: reader"), ("inherits: [reader]", "extends: [reader]"),
            ("[\"docs:*\"]", "[\"doc*\"]"), ("[\"docs:*\"]", "[\"**:docs\"]"), ("effect: allow", "effect: permit"),
            ("- id: own", "- name: own"), ("roles: [\"*\"]", "roles: []"), ("equals:", "eq:"),
            ("[$resource.owner, $principal.id]", "[$resource.owner]"), ("exists: $context.x", "exists: x"),
            ("[ { exists: $context.x }, { atMost: [$context.n, 3.5] } ]", "[]"), ("limit: 1", "limit: 0"),
            ("limit: 1", "limit: one"), ("kind: dynamic", "kind: soft"), ("roles: [reader, editor]", "roles: [reader]"),
            ("principal: alice", "principal: \"\""), ("type: machine", "type: \"a:b\""), ("\"doc:42\"", "doc"),
            ("principal: bob, ", ""), ("notAfter: 1900000000", "notAfter: [1]"),
            ("permissions: [\"docs:**\"]", "permissions: []"),
        ]
    )
    func wrong(part: String, other: String) throws {
        let text = Self.whole.replacing(part, with: other)
        #expect(text != Self.whole)
        #expect(!isAccepted(text))
        #expect(try faults(text) != [])
    }

    @Test("the schema refuses no randomly changed document that the reader accepts")
    func changes() throws {
        var accepted = 0
        let bytes = Array(Self.whole.utf8)
        for place in bytes.indices {
            for other in [UInt8(ascii: "x"), UInt8(ascii: "1"), UInt8(ascii: "*"), UInt8(ascii: " ")] {
                var changed = bytes
                changed[place] = other
                let text = String(decoding: changed, as: UTF8.self)
                guard isAccepted(text) else { continue }
                accepted += 1
                #expect(try faults(text) == [], "\(text)")
            }
        }
        #expect(accepted > 200)
    }
}
#endif
