#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("A warning stands at the key, the rule or the grant that it concerns")
struct WarningPlaceTests {
    @Test(
        "a warning has its place in YAML's block style, its flow style and JSON",
        arguments: [
            MarkedDocument(
                .unusedPermission,
                .unusedPermission,
                in:
                    "gatehouse: 1\npermissions:\n  ‸a: x\n  b: y\n  \"c\": z\n  ‸'a:b': w\nroles: { r: { grants: [b, c] } }"
            ),
            MarkedDocument(
                .unusedPermission,
                in: #"{"gatehouse":1,"permissions":{"b":"😀",‸"a":""},"roles":{"r":{"denies":["b"]}}}"#
            ),
            MarkedDocument(.emptyRole, in: "gatehouse: 1\nroles:\n  a: { grants: [x] }\n  ‸b: { description: d }"),
            MarkedDocument(.emptyRole, in: "gatehouse: 1\nroles:\n  ‸a:\n    grants: []\n    denies: []"),
            MarkedDocument(
                .emptyRole,
                in: #"{"gatehouse":1,"roles":{"a":{"inherits":["b"]},‸"b":{"grants":[]}}}"#
            ),
            MarkedDocument(
                .shadowedGrant,
                .redundantGrant,
                .shadowedGrant,
                .redundantGrant,
                in: """
                    gatehouse: 1
                    roles:
                      a:
                        denies: ["x:**"]
                        grants:
                        - y
                        - ‸x:y
                        - ‸"y"
                      b: { grants: [‸"x:*", ‸y, z], inherits: [a] }
                    """
            ),
            MarkedDocument(
                .shadowedGrant,
                .redundantGrant,
                in: #"{"gatehouse":1,"roles":{"a":{"grants":["**",‸‸"b"],"denies":["b"]}}}"#
            ),
            MarkedDocument(
                .unreachableRule,
                .unreachableRule,
                .unreachableRule,
                in: """
                    gatehouse: 1
                    roles:
                      r: { denies: [x] }
                    rules:
                      - ‸id: never
                        effect: allow
                        roles: '*'
                        permissions: [y]
                        when: { equals: [1, 2] }
                      - ‸{ id: denied, effect: allow, roles: [r], permissions: [x] }
                      -
                        effect: allow
                        id: sometimes
                        roles: '*'
                        permissions: [x]
                      -
                        ‸effect: deny
                        id: no
                        roles: '*'
                        permissions: [z]
                        when: { in: [a, []] }
                    """
            ),
            MarkedDocument(
                .unreachableRule,
                .unreachableRule,
                in: """
                    gatehouse: 1
                    roles: { admin: { grants: ["**"] } }
                    rules:
                      - ‸id: swapped
                        effect: deny
                        roles: '*'
                        permissions: [z]
                        when: { in: [[guest, trial], $principal.roles] }
                      - ‸id: whole-list
                        effect: deny
                        roles: '*'
                        permissions: [z]
                        when: { in: [$principal.roles, [guest, trial]] }
                      - id: contains
                        effect: deny
                        roles: '*'
                        permissions: [z]
                        when: { contains: [$principal.roles, guest] }
                    """
            ),
            MarkedDocument(
                .unreachableRule,
                in:
                    #"{"gatehouse":1,"rules":[‸{"id":"a","effect":"allow","roles":["*"],"permissions":["x"],"when":{"lessThan":[1,"2"]}}]}"#
            ),
        ]
    )
    func places(document: MarkedDocument) {
        document.expectFindings()
    }

    @Test("a document with warnings is a policy, and a document with an error has no warnings")
    func severity() throws {
        let sound = "gatehouse: 1\npermissions: { a: x }\nroles:\n  r: {}\n"
        #expect(PolicyDocument(reading: Array(sound.utf8)).findings.map(\.code) == [.unusedPermission, .emptyRole])
        #expect(try PolicyDocument.policy(from: Array(sound.utf8)).roles.count == 1)
        for mistake in ["x: 1", "rules: [1]", "assignments: [{ principal: a, role: z }]", "gatehouse: 1"] {
            let findings = PolicyDocument(reading: Array((sound + mistake).utf8)).findings
            #expect(findings.count == 1 && findings.allSatisfy { $0.severity == .error })
        }
    }

    @Test("grants and rules that are used, reachable and not covered give no warning")
    func none() {
        let text = """
            gatehouse: 1
            permissions:
              org:invoices:read: Read invoices
              org:invoices:void: Void invoices
            roles:
              org:viewer: { grants: ["org:reports:*"] }
              org:editor: { inherits: [org:member] }
              org:guest: {}
              org:member:
                inherits: [org:viewer]
                grants: [org:invoices:read]
                denies: ["org:invoices:void"]
            rules:
              - id: own-drafts
                effect: allow
                roles: [org:member, org:guest]
                permissions: ["org:documents:*"]
                when: { equals: [$resource.ownerID, $principal.id] }
            """
        let findings = PolicyDocument(reading: Array(text.utf8)).findings
        #expect(findings.isEmpty, "\(findings)")
    }
}
#endif
