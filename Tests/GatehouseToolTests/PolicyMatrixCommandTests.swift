#if Server
import TestSupport
import Testing

@Suite("gatehouse policy matrix")
struct PolicyMatrixCommandTests {
    private static let policy = """
        gatehouse: 1
        permissions: { "doc:read": Read, "doc:void": Void, "doc:edit": Edit }
        roles:
          viewer: { grants: ["doc:read"] }
          editor: { inherits: [viewer], grants: ["doc:*"], denies: ["doc:void"] }
        """

    @Test(
        "matrix prints the table in each format, and as text by default",
        arguments: [
            (
                [],
                """
                permission  viewer  editor
                doc:edit            allow
                doc:read    allow   allow
                doc:void            deny

                """
            ),
            (
                ["--format", "csv"],
                "permission,viewer,editor\ndoc:edit,,allow\ndoc:read,allow,allow\ndoc:void,,deny\n"
            ),
            (
                ["--format", "markdown"],
                """
                | permission | viewer | editor |
                | --- | --- | --- |
                | doc:edit |  | allow |
                | doc:read | allow | allow |
                | doc:void |  | deny |

                """
            ),
        ]
    )
    func formats(options: [String], table: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "my policy.yaml")
        let result = try await Tool.run(["policy", "matrix", file] + options)
        #expect(result.output == table)
        #expect(result.status == 0 && result.errors.isEmpty)
        let text = try await Tool.run("policy", "matrix", "--format", "text", file)
        #expect(try await Tool.run("policy", "matrix", file).output == text.output)
    }

    @Test("permissions that only wildcards grant have rows too, where there is no catalogue")
    func patterns() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "gatehouse: 1\nroles: { admin: { grants: ['org:**'] }, guest: { grants: ['org:reports:*', doc:read] } }\n",
            to: "policy.yaml"
        )
        let result = try await Tool.run("policy", "matrix", file, "--format", "csv")
        #expect(
            result.lines == ["permission,admin,guest", "doc:read,,allow", "org:**,allow,", "org:reports:*,allow,allow"]
        )
    }

    @Test(
        "another format, and a policy that cannot be read, exit with 2 and print nothing",
        arguments: [["POLICY", "--format", "html"], ["POLICY", "POLICY"], [], ["/nonexistent"], ["/dev/null"]]
    )
    func errors(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let arguments = arguments.map { $0 == "POLICY" ? file : $0 }
        let result = try await Tool.run(["policy", "matrix"] + arguments)
        #expect(result.status == 2 && result.output.isEmpty && !result.errors.isEmpty)
    }
}
#endif
