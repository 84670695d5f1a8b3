#if Server
import TestSupport
import Testing

@Suite("gatehouse policy, of documents with rules")
struct PolicyRuleCommandsTests {
    private static let policy = """
        gatehouse: 1
        roles:
          viewer: { grants: ["doc:read"] }
          idle: {}
        rules:
          - id: own
            effect: allow
            roles: [viewer]
            permissions: ["doc:edit"]
            when: { equals: [$resource.ownerID, $principal.id] }
          - { id: no-exports, effect: deny, roles: ["*"], permissions: ["doc:export"] }
          - id: office-hours
            effect: allow
            roles: [idle]
            permissions: ["doc:print"]
            when: { equals: [$context.open, true] }
        assignments:
          - { principal: alice, role: viewer }
        """

    @Test(
        "explain names the rule that denied, and the attribute whose absence kept a rule from allowing",
        arguments: [
            (
                "doc:export", #"{"kind":"rule","rule":"no-exports","effect":"deny"}"#, ""
            ),
            (
                "doc:edit", #"{"kind":"default"}"#,
                #"{"kind":"condition","role":"viewer","rule":"own","missing":["$resource.ownerID"]}"#
            ),
            (
                "doc:print", #"{"kind":"default"}"#,
                ""
            ),
        ]
    )
    func explain(permission: String, reason: String, nearMiss: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let check = #"{"principal":{"id":"alice"},"permission":"\#(permission)"}"#
        let result = try await Tool.run("policy", "explain", "--policy", file, input: check)
        #expect(result.output.hasPrefix(#"{"id":null,"allowed":false,"reasons":[\#(reason)],"#))
        #expect(result.output.hasSuffix("\"nearMisses\":[\(nearMiss)]}\n"))
        #expect(result.status == 1)
    }

    @Test("a permission that depends on a condition is conditional in every list")
    func conditional() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        #expect(
            try await Tool.run("policy", "permissions", "--policy", file, "--role", "viewer").lines == [
                #"{"permission":"doc:edit","conditional":true}"#, #"{"permission":"doc:read","conditional":false}"#,
            ]
        )
        #expect(
            try await Tool.run("policy", "who-can", "--policy", file, "doc:edit").lines == [
                #"{"principal":"alice","organization":null,"resource":null,"conditional":true}"#
            ]
        )
        #expect(
            try await Tool.run("policy", "matrix", file, "--format", "csv").lines == [
                "permission,viewer,idle", "doc:edit,conditional,", "doc:export,deny,deny", "doc:print,,conditional",
                "doc:read,allow,",
            ]
        )
    }

    @Test("another condition gives to some and takes from some, and a gain is a no")
    func diff() async throws {
        let folder = try TemporaryFolder()
        let before = try folder.write(Self.policy, to: "before.yaml")
        let after = try folder.write(
            Self.policy.replacing("$context.open, true", with: "$context.open, 1"),
            to: "after.yaml"
        )
        let result = try await Tool.run("policy", "diff", before, after)
        #expect(
            result.lines == ["gains", "loses"].map { #"{"role":"idle","permission":"doc:print","change":"\#($0)"}"# }
        )
        #expect(result.status == 1)
    }

    @Test(
        "test gives a condition the context, and covers a rule only where it decides",
        arguments: [("{ open: true }", "allow", "33.3"), ("{ open: 1 }", "deny", "0")]
    )
    func test(context: String, expected: String, coverage: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.policy, to: "policy.yaml")
        let tests = try folder.write(
            """
            policy: policy.yaml
            tests:
              - name: print
                principal: { id: x, roles: [idle] }
                permission: doc:print
                context: \(context)
                expect: \(expected)
            """,
            to: "tests.yaml"
        )
        let result = try await Tool.run("policy", "test", tests)
        #expect(result.lines.last?.hasSuffix(#""denies":100,"rules":\#(coverage)}}"#) == true)
        #expect(result.status == 0)
    }
}
#endif
