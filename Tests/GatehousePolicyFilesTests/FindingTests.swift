#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("Each mistake in a document is a finding at its place")
struct FindingTests {
    @Test(
        "an unknown key or operator is told with the nearest known name",
        arguments: [
            ("gatehouse: 1\nrole: {}", "; did you mean “roles”?"),
            ("gatehouse: 1\nroles: { a: { grant: [b] } }", "; did you mean “grants”?"),
            (
                "gatehouse: 1\nroles: { a: {} }\nassignments: [{ principle: p, principal: p, role: a }]",
                "; did you mean “principal”?"
            ),
            (
                "gatehouse: 1\nconstraints: [{ id: c, kind: dynamic, roles: [], limits: 1, limit: 1 }]",
                "; did you mean “limit”?"
            ),
            ("gatehouse: 1\nroles: { a: {}, abcdef: { inherits: [abcdeg] } }", "; did you mean “abcdef”?"),
            (
                "gatehouse: 1\nrules: [{ id: r, effect: deny, roles: '*', permissions: [x], when: { eq: [1, 1] } }]",
                ", not; did you mean “equals”?"
            ),
            ("gatehouse: 1\nunknown: {}", "has no key “unknown”"),
        ]
    )
    func nearest(document: String, suffix: String) {
        let messages = PolicyDocument(reading: Array(document.utf8)).findings.map(\.message)
        #expect(messages.contains { $0.hasSuffix(suffix) }, "\(messages)")
    }

    @Test(
        "a mistake in YAML is found where it stands",
        arguments: [
            MarkedDocument(in: "gatehouse: 1"),
            MarkedDocument(
                in: "gatehouse: 1\ncombining: deny-overrides\npermissions: {}\nroles: {}\nassignments: []\n"
            ),
            MarkedDocument(in: "gatehouse: 1\nrules: []\nconstraints: []\ncombining: any-clean-role"),
            MarkedDocument(.unknownKey, in: "gatehouse: 1\n‸Roles: {}"),
            MarkedDocument(.unknownKey, in: "gatehouse: 1\nroles:\n  a:\n    ‸grant: [b]"),
            MarkedDocument(.unknownKey, in: "# c\n{ gatehouse: 1, roles: { a: { ‸\"<<\": 1 } } }"),
            MarkedDocument(.invalidName, in: "gatehouse: 1\npermissions:\n  ‸a:*: x"),
            MarkedDocument(.invalidName, in: "gatehouse: 1\nroles: { ‸\"\": {} }"),
            MarkedDocument(.invalidName, in: "gatehouse: 1\nroles:\n  ‸a::b: {}\n"),
            MarkedDocument(.invalidName, in: "gatehouse: 1\nroles:\n  ‸?a: {}"),
            MarkedDocument(.invalidPattern, in: "gatehouse: 1\nroles:\n  a:\n    grants: [b, ‸inv*]"),
            MarkedDocument(
                .invalidPattern,
                in: "gatehouse: 1\nroles:\n  a:\n    denies:\n    - \"a:*\"\n    - ‸'**:a'"
            ),
            MarkedDocument(.unknownRole, in: "gatehouse: 1\nroles:\n  a: { inherits: [‸b] }"),
            MarkedDocument(.unknownRole, in: "gatehouse: 1\nassignments:\n- { principal: a, role: ‸b }"),
            MarkedDocument(
                .unknownPermission,
                in: "gatehouse: 1\npermissions: {}\nroles:\n  a: { grants: [\"b:*\", ‸b] }"
            ),
            MarkedDocument(
                .inheritanceCycle,
                in: "gatehouse: 1\nroles:\n  a: { inherits: [b] }\n  b: { inherits: [‸a] }"
            ),
            MarkedDocument(.invalidAssignment, in: "gatehouse: 1\nassignments:\n- ‸foo"),
            MarkedDocument(.invalidAssignment, in: "gatehouse: 1\nassignments: [ ‸null ]"),
            MarkedDocument(.invalidAssignment, inAssignment: "‸principal: a"),
            MarkedDocument(.invalidAssignment, inAssignment: "‸role: r"),
            MarkedDocument(.invalidAssignment, .invalidAssignment, inAssignment: "‸‸organization: o"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: ‸\"\", role: r"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: ‸1, role: r"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: ‸'*', role: r"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: ‸'user:*', role: r"),
            MarkedDocument(inAssignment: "principal: a, role: r, type: device, issuer: https://i"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, type: ‸'a:b'"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, type: ‸''"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, type: ‸null"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, issuer: ‸''"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, issuer: ‸1"),
            MarkedDocument(
                .emptyWindow,
                in:
                    "gatehouse: 1\nroles: { r: { grants: [x] } }\nassignments:\n- { principal: a, role: r, notBefore: 2, notAfter: ‸1 }"
            ),
            MarkedDocument(
                .emptyWindow,
                in:
                    "gatehouse: 1\nroles: { r: { grants: [x] } }\nassignments:\n- { principal: a, role: r, notAfter: ‸1, notBefore: 1 }"
            ),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, notAfter: ‸2026-12-31T12:34:60Z"),
            MarkedDocument(inAssignment: "principal: a, role: r, notAfter: 2026-12-31T23:59:60Z"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: ‸true, role: r"),
            MarkedDocument(inAssignment: "principal: yes, role: r"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: ‸[r]"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, organization: ‸\"\""),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, organization: ‸null"),
            MarkedDocument(.unknownKey, inAssignment: "principal: a, role: r, ‸until: 1"),
            MarkedDocument(inAssignment: "principal: a, role: r, resource: 'doc:42'"),
            MarkedDocument(inAssignment: "principal: a, role: r, resource: doc:4:2"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, resource: ‸doc"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, resource: ‸':42'"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, resource: ‸'doc:'"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, resource: ‸42"),
            MarkedDocument(inAssignment: "principal: a, role: r, notBefore: 2026-01-01T00:00:00Z, notAfter: 1.5e9"),
            MarkedDocument(inAssignment: "principal: a, role: r, notBefore: -1, notAfter: 0x10"),
            MarkedDocument(inAssignment: "principal: a, role: r, notBefore: .5, notAfter: 1."),
            MarkedDocument(inAssignment: "principal: a, role: r, notBefore: 0o17, notAfter: +1.5E+3"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, notBefore: ‸\"1\""),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, notBefore: ‸2026-01-01"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, notAfter: ‸.inf"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, notAfter: ‸.nan"),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, notAfter: ‸1e300"),
            MarkedDocument(
                .invalidAssignment,
                inAssignment: "principal: a, role: r, notAfter: ‸99999999999999999999"
            ),
            MarkedDocument(.invalidAssignment, inAssignment: "principal: a, role: r, notAfter: ‸~"),
            MarkedDocument(.invalidAssignment, .unknownRole, inAssignment: "‸role: ‸zzz"),
            MarkedDocument(.unknownRole, in: "gatehouse: 1\r\nroles:\r\n  x: { inherits: [‸b] }\r\n"),
            MarkedDocument(
                .unknownRole,
                in: "gatehouse: 1\nroles: { a: { description: \"😀é\u{301}\", inherits: [‸b] } }"
            ),
        ]
    )
    func yaml(document: MarkedDocument) {
        document.expectFindings()
    }

    @Test(
        "a mistake in JSON is found where it stands",
        arguments: [
            MarkedDocument(in: #"{"gatehouse":1}"#),
            MarkedDocument(
                in: " \r\n\t{\"gatehouse\":1,\"roles\":{\"a\":{\"grants\":[\"**\"],\"description\":\"d\"}}}"
            ),
            MarkedDocument(in: #"{"gatehouse":1,"rules":[],"constraints":[],"combining":"any-clean-role"}"#),
            MarkedDocument(.unknownKey, in: #"{"gatehouse":1,"roles":{"a":{‸"<<":{}}}}"#),
            MarkedDocument(.invalidName, in: #"{"gatehouse":1,"permissions":{‸"a b":"x"}}"#),
            MarkedDocument(.invalidName, in: #"{"gatehouse":1,"roles":{‸"😀":{}}}"#),
            MarkedDocument(
                .invalidPattern,
                in: "{\"gatehouse\":1,\n\"roles\":{\"a\":{\"grants\":[‸\"\\ud83d\\ude00\"]}}}"
            ),
            MarkedDocument(
                .unknownRole,
                in: #"{"gatehouse":1,"roles":{"a":{"description":"😀","inherits":[‸"b"]}}}"#
            ),
            MarkedDocument(
                .unknownPermission,
                in: #"{"gatehouse":1,"permissions":{},"roles":{"a":{"denies":[‸"b"]}}}"#
            ),
            MarkedDocument(.inheritanceCycle, in: #"{"gatehouse":1,"roles":{"a":{"inherits":[‸"a"]}}}"#),
            MarkedDocument(.invalidAssignment, in: #"{"gatehouse":1,"assignments":[‸1]}"#),
            MarkedDocument(.invalidAssignment, .invalidAssignment, in: #"{"gatehouse":1,"assignments":[‸‸{}]}"#),
            MarkedDocument(
                .invalidAssignment,
                in:
                    #"{"gatehouse":1,"roles":{"r":{}},"assignments":[{"principal":"a","role":"r","notAfter":‸"1"}]}"#
            ),
            MarkedDocument(
                .invalidAssignment,
                in:
                    #"{"gatehouse":1,"roles":{"r":{}},"assignments":[{"principal":"a","role":"r","notAfter":‸1e400}]}"#
            ),
        ]
    )
    func json(document: MarkedDocument) {
        document.expectFindings()
    }

    @Test("all mistakes are found at once, sorted by place")
    func sorted() {
        MarkedDocument(
            .unknownKey,
            .invalidName,
            .invalidPattern,
            .unknownRole,
            .invalidAssignment,
            .unknownRole,
            in: """
                ‸policies: []
                gatehouse: 1
                roles:
                  ‸a b: { grants: [‸a*], inherits: [‸c] }
                assignments:
                - { principal: ‸'', role: ‸d }
                """
        ).expectFindings()
    }
}
#endif
