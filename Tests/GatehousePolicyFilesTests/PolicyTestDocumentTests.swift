#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import SeededGenerator
import Testing

@Suite("A document of tests is read as its checks, or not at all")
struct PolicyTestDocumentTests {
    private static let now = Timestamp(clampingSecondsSinceEpoch: 1_000)
    private static let head = "policy: p.yaml\ntests:\n"
    private static let test = "name: t, principal: { id: a }, permission: x, expect: allow"

    @Test(
        "a document of tests is read in YAML and in JSON",
        arguments: [
            """
            tests:
            - name: a member reads
              principal: { id: alice, organization: ~, roles: [org:member, { role: r, resource: "doc:1" }] }
              permission: org:invoices:read
              resource: { type: invoice, id: "7", attributes: { total: 0x1F, big: 99999999999999999999 } }
              action: { a: +1.5 }
              context: { day: 2026-01-01, list: [~, yes, true] }
              at: 2026-01-01T00:00:00Z
              expect: allow
            - { expect: deny, permission: b, principal: { id: bob }, name: "é" }
            policy: ../policy.yaml
            """,
            #"""
            {"policy": "../policy.yaml", "tests": [
             {"name": "a member reads", "expect": "allow", "permission": "org:invoices:read", "at": 1767225600,
              "principal": {"id": "alice", "roles": ["org:member", {"role": "r", "resource": "doc:1"}]},
              "resource": {"type": "invoice", "id": "7", "attributes": {"total": 31, "big": 99999999999999999999}},
              "action": {"a": 1.5}, "context": {"day": "2026-01-01", "list": [null, "yes", true]}},
             {"name": "é", "principal": {"id": "bob"}, "permission": "b", "expect": "deny"}]}
            """#,
        ]
    )
    func reads(text: String) throws {
        let document = try PolicyTestDocument(reading: Array(text.utf8), now: Self.now)
        #expect(document.policyPath == "../policy.yaml")
        #expect(document.tests.map(\.name) == ["a member reads", "é"])
        #expect(document.tests.map(\.expectsAllow) == [true, false])
        let checks = document.tests.map(\.check)
        try #require(checks.count == 2)
        #expect(checks[0].principal.id == "alice")
        #expect(checks[0].principal.organization == nil)
        #expect(checks[0].principal.roles == ["org:member", RoleAssignment("r", on: ResourceID("doc:1"))])
        #expect(checks[0].resource?.attributes["total"] == 31)
        #expect(checks[0].resource?.attributes["big"]?.description == "99999999999999999999")
        #expect(checks[0].action["a"]?.description == "1.5")
        #expect(checks[0].context == ["day": "2026-01-01", "list": [nil, "yes", true]])
        #expect(checks.map(\.time) == [Timestamp(seconds: 1_767_225_600), Self.now])
    }

    @Test("a document may have no tests")
    func none() throws {
        #expect(try PolicyTestDocument(reading: Array("policy: p\ntests: []".utf8), now: Self.now).tests.isEmpty)
    }

    @Test(
        "a mistake is found where it stands",
        arguments: [
            MarkedDocument(.syntax, in: "‸"), MarkedDocument(.syntax, in: "‸# no\n"),
            MarkedDocument(.syntax, in: "‸[]"),
            MarkedDocument(.syntax, in: "‸a"), MarkedDocument(.syntax, .syntax, in: "--- ‸‸{}"),
            MarkedDocument(.syntax, in: "‸policy: p"),
            MarkedDocument(.syntax, in: "‸tests: []"), MarkedDocument(.syntax, in: "policy: ‸''\ntests: []"),
            MarkedDocument(.syntax, in: "policy: ‸1\ntests: []"), MarkedDocument(.syntax, in: "policy: p\ntests: ‸{}"),
            MarkedDocument(.syntax, in: "policy: p\ntests:‸ "), MarkedDocument(.syntax, in: "policy: p\ntests: [‸1]"),
            MarkedDocument(.syntax, in: "policy: p\ntests: []\n‸policy: p"),
            MarkedDocument(.syntax, .syntax, in: "tests: ‸1\npolicy: ‸2"),
            MarkedDocument(.syntax, in: #"{"policy":"p","tests":[]‸"#),
            MarkedDocument(.unknownKey, in: "policy: p\ntests: []\n‸name: x"),
            MarkedDocument(.unknownKey, in: "‸<<x: 1\npolicy: p\ntests: []"),
            MarkedDocument(.syntax, in: head + "- ‸principal: { id: a }\n  permission: x\n  expect: allow\n"),
            MarkedDocument(
                .syntax,
                in: head + "- name: ‸''\n  expect: allow\n  principal: { id: a }\n  permission: x\n"
            ),
            MarkedDocument(
                .syntax,
                in: head + "- name: ‸1\n  expect: allow\n  principal: { id: a }\n  permission: x\n"
            ),
            MarkedDocument(.syntax, in: head + "- ‸name: t\n  principal: { id: a }\n  permission: x\n"),
            MarkedDocument(.syntax, in: head + "- name: t\n  principal: { id: a }\n  permission: x\n  expect: ‸yes"),
            MarkedDocument(.syntax, in: head + "- name: t\n  principal: { id: a }\n  permission: x\n  expect: ‸true"),
            MarkedDocument(.syntax, in: head + "- ‸{ name: t, permission: x, expect: deny }"),
            MarkedDocument(.syntax, in: head + "- ‸{ name: t, principal: { id: a }, expect: deny }"),
            MarkedDocument(.syntax, in: head + "- { name: t, principal: ‸a, permission: x, expect: deny }"),
            MarkedDocument(.syntax, in: head + "- { name: t, principal: { id: a }, permission: ‸'x:*', expect: deny }"),
            MarkedDocument(.syntax, in: head + "- { \(test), context: ‸~ }"),
            MarkedDocument(.syntax, in: head + "- { \(test), at: ‸'1' }"),
            MarkedDocument(.unknownKey, in: head + "- { \(test), resource: { ‸kind: a } }"),
            MarkedDocument(.syntax, in: head + "- { \(test), at: ‸.inf }"),
            MarkedDocument(.syntax, in: head + "- { \(test), context: { a: [‸.nan] } }"),
            MarkedDocument(.syntax, in: head + "- { \(test), context: ‸&a { } }"),
            MarkedDocument(.unknownKey, in: head + "- { \(test), ‸id: a }"),
            MarkedDocument(.unknownKey, in: head + "- { \(test), ‸expected: allow }"),
            MarkedDocument(
                .syntax,
                .unknownKey,
                in: head + "- ‸{ name: t, principal: { id: a }, permission: x, ‸expects: allow }"
            ),
            MarkedDocument(
                .syntax,
                .syntax,
                .syntax,
                .syntax,
                .unknownKey,
                .syntax,
                .syntax,
                .syntax,
                .syntax,
                .syntax,
                .unknownKey,
                in: """
                    policy: ‸1
                    tests:
                    - ‸expect: allow
                      principal: ‸{ type: ‸'a:b', ‸name: a }
                      permission: ‸x::y
                    - ‸a
                    - { \(test), at: ‸.inf, context: ‸[‸.nan] }
                    ‸Tests: []
                    """
            ),
            MarkedDocument(
                .unknownKey,
                .unknownKey,
                .syntax,
                .syntax,
                in: #"{"policy":"p","tests":[{"name":"t","principal":{‸"ié":1,"id":"a","roles":[{"role":"r",‸"é":1,"#
                    + #""notAfter":‸"x"}]},"permission":"x","expect":‸"no"}]}"#
            ),
            MarkedDocument(
                .unknownKey,
                .unknownKey,
                .unknownKey,
                in: "policy: p\ntests:\n- { \(test), ‸x: 1, ‸y: 1 }\n‸Tests: []"
            ),
        ]
    )
    func mistakes(document: MarkedDocument) throws {
        let error = try #require(throws: PolicyError.self) {
            try PolicyTestDocument(reading: document.bytes, now: Self.now)
        }
        #expect(error.findings.map(\.code) == document.codes)
        #expect(error.findings.map(\.position) == document.positions, "\(error)")
    }

    private static let hostileDocuments: [(name: String, text: @Sendable () -> String)] = [
        ("many brackets", { String(repeating: "[", count: 1 << 17) }),
        ("many braces", { String(repeating: "{a: ", count: 1 << 16) }),
        ("many dashes", { head + String(repeating: "- ", count: 1 << 16) }),
        (
            "a level too deep",
            {
                head + "- { \(test), context: { a: " + String(repeating: "[", count: 61)
                    + String(repeating: "]", count: 61) + " } }"
            }
        ),
        ("many empty tests", { #"{"policy":"p","tests":["# + String(repeating: "{},", count: 10_000) + "{}]}" }),
        ("many tests that are texts", { head + String(repeating: "- a\n", count: 10_000) }),
        ("an alias in its own anchor", { "policy: p\ntests: []\nx: &a [*a]" }),
        ("a NUL", { "policy: \u{0}" }), ("half a surrogate pair", { "policy: \"\\uD800\"" }),
    ]

    @Test(
        "hostile documents are refused soon",
        .timeLimit(.minutes(1)),
        arguments: hostileDocuments
    )
    func hostile(name: String, text: @Sendable () -> String) throws {
        let error = try #require(throws: PolicyError.self) {
            try PolicyTestDocument(reading: Array(text().utf8), now: Self.now)
        }
        #expect(error.findings.contains { $0.code == .syntax })
        #expect(error.findings.allSatisfy { $0.code == .syntax || $0.code == .unknownKey })
    }

    @Test("random changes to a document crash nothing")
    func mutations() {
        let text = Self.head + "- { \(Self.test), at: 1.5e3, context: { a: [0x1F, ~] } }\n- { \(Self.test), id: a }\n"
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let bytes = generator.changed(text)
            do throws(PolicyError) {
                _ = try PolicyTestDocument(reading: bytes, now: Self.now)
            } catch {
                let isSound =
                    !error.findings.isEmpty && error.findings.allSatisfy { $0.position != nil && $0.severity == .error }
                #expect(isSound, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))\n\(error)")
            }
        }
    }
}
#endif
