#if Server
import TestSupport
import Testing

@Suite("gatehouse policy who-can")
struct PolicyWhoCanTests {
    private static let policy = """
        gatehouse: 1
        roles:
          viewer: { grants: ["doc:read"] }
          editor: { inherits: [viewer], grants: ["doc:*"] }
        assignments:
          - { principal: carol, role: viewer }
          - { principal: alice, organization: org_1, role: editor }
          - { principal: bob, role: editor, resource: "doc:4:2", notAfter: 2026-02-01T00:00:00Z }
          - { principal: "a \\"b\\"\\u2028", organization: org_1, role: viewer }
        """

    private static func line(_ principal: String, organization: String = "null", resource: String = "null") -> String {
        """
        {"principal":"\(principal)","organization":\(organization),"resource":\(resource),"conditional":false}
        """
    }

    @Test(
        "who-can lists the holders and their places, sorted by bytes",
        arguments: [
            (
                ["doc:read", "--at", "2026-01-01T00:00:00Z"],
                [
                    line("a \\\"b\\\"\u{2028}", organization: "\"org_1\""), line("alice", organization: "\"org_1\""),
                    line("bob", resource: "\"doc:4:2\""), line("carol"),
                ]
            ),
            (["doc:void", "--at", "2026-02-01T00:00:00Z"], [line("alice", organization: "\"org_1\"")]),
            (
                ["--at", "1767225600", "doc:sign"],
                [
                    line("alice", organization: "\"org_1\""), line("bob", resource: "\"doc:4:2\""),
                ]
            ),
        ]
    )
    func lists(arguments: [String], lines: [String]) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "my policy.yaml")
        let result = try await Tool.run(["policy", "who-can", "--policy", file] + arguments)
        #expect(result.lines == lines)
        #expect(result.status == 0 && result.errors.isEmpty)
    }

    @Test("a permission that the document does not know is told, with the nearest known permission")
    func unknown() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy.replacing("doc:*", with: "doc:edit"), to: "policy.yaml")
        for (name, suggestion) in [("doc:raed", "; did you mean “doc:read”?"), ("other", "")] {
            let result = try await Tool.run("policy", "who-can", "--policy", file, name)
            #expect(result.status == 0 && result.output.isEmpty)
            #expect(
                result.errors
                    == "\(file): warning: the permission “\(name)” is none that the policy knows\(suggestion)\n"
            )
        }
    }

    @Test("the first line says so where a rule lets anybody")
    func anybody() async throws {
        let folder = try TemporaryFolder()
        let rules = """

            rules:
              - { id: open, effect: allow, roles: ["*"], permissions: ["doc:read"] }
              - { id: mine, effect: allow, roles: "*", permissions: ["doc:own"], when: { equals: [$resource.owner, $principal.id] } }
              - { id: shut, effect: deny, roles: "*", permissions: ["doc:void"] }
            """
        let file = try folder.write(Self.policy.replacing("carol", with: "\"!carol\"") + rules, to: "policy.yaml")
        func lines(_ permission: String) async throws -> [String] {
            try await Tool.run("policy", "who-can", "--policy", file, permission, "--at", "2026-02-01T00:00:00Z").lines
        }
        let read = try await lines("doc:read")
        #expect(read.prefix(2) == [Self.line("*"), Self.line("!carol")])
        #expect(read.count == 4)
        let own = try await lines("doc:own")
        #expect(own.first == Self.line("*").replacing("false", with: "true"))
        #expect(try await lines("doc:void").isEmpty)
        #expect(try await lines("other").isEmpty)
    }

    @Test(
        "a malformed permission or time, and a policy that cannot be read, exit with 2 and list nothing",
        arguments: [
            ["--policy", "POLICY"], ["--policy", "POLICY", "doc:*"], ["--policy", "POLICY", ""],
            ["--policy", "POLICY", "a", "b"], ["--policy", "POLICY", "a", "--at", "yesterday"], ["a"],
            ["--policy", "/nonexistent", "a"], ["--policy", "/dev/null", "a"],
        ]
    )
    func errors(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let arguments = arguments.map { $0 == "POLICY" ? file : $0 }
        let result = try await Tool.run(["policy", "who-can"] + arguments)
        #expect(result.status == 2 && result.output.isEmpty && !result.errors.isEmpty)
    }
}
#endif
