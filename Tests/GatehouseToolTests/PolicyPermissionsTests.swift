#if Server
import TestSupport
import Testing

@Suite("gatehouse policy permissions")
struct PolicyPermissionsTests {
    private static let policy = """
        gatehouse: 1
        roles:
          viewer: { grants: ["doc:read", "doc:list"] }
          editor: { inherits: [viewer], grants: ["doc:*"], denies: ["doc:void"] }
          -x: { grants: [dash] }
          helper: { grants: ["help:ask", Zebra, "doc:edit"] }
        """

    private static func line(_ name: String) -> String {
        #"{"permission":"\#(name)","conditional":false}"#
    }

    @Test(
        "permissions are listed that the roles allow together, sorted by bytes",
        arguments: [
            ([], []),
            (["--role", "viewer"], [line("doc:list"), line("doc:read")]),
            (["--role", "editor"], [line("doc:edit"), line("doc:list"), line("doc:read")]),
            (
                ["--role", "viewer", "helper"],
                [
                    line("Zebra"), line("doc:edit"), line("doc:list"), line("doc:read"), line("help:ask"),
                ]
            ),
            (["--role=-x"], [line("dash")]),
        ]
    )
    func lists(arguments: [String], lines: [String]) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "my policy.yaml")
        let result = try await Tool.run(["policy", "permissions", "--policy", file] + arguments)
        #expect(result.lines == lines)
        #expect(result.status == 0 && result.errors.isEmpty)
    }

    @Test(
        "several roles stand after one --role, or each after its own",
        arguments: [
            ["--role", "viewer", "--role", "idle"], ["--role", "viewer", "idle"], ["--role=viewer", "--role=idle"],
        ]
    )
    func several(roles: [String]) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            #"{"gatehouse":1,"roles":{"viewer":{"grants":["a"]},"idle":{"grants":["b"]}}}"#,
            to: "policy.json"
        )
        let result = try await Tool.run(["policy", "permissions"] + roles + ["--policy", file])
        #expect(result.lines == [Self.line("a"), Self.line("b")])
        #expect(result.status == 0)
    }

    @Test("a role that is not defined counts as held, with a warning")
    func undefined() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let result = try await Tool.run(
            "policy",
            "permissions",
            "--policy",
            file,
            "--role",
            "nobody",
            "viewer",
            "vewer"
        )
        #expect(result.lines == [Self.line("doc:list"), Self.line("doc:read")])
        #expect(
            result.errors
                == "\(file): warning: the role “nobody” is not defined\n\(file): warning: the role “vewer” is not defined; did you mean “viewer”?\n"
        )
        #expect(result.status == 0)
    }

    @Test(
        "a malformed role name, and a policy that cannot be read, exit with 2 and list nothing",
        arguments: [
            ["--policy", "POLICY", "--role", "a:*"], ["--policy", "POLICY", "--role", ""],
            ["--policy", "POLICY", "--role", "a", "größe"], ["--policy", "POLICY", "--role"],
            ["--policy", "POLICY", "--role", String(repeating: "x", count: 257)],
            ["--policy", "/nonexistent"], ["--policy", "/dev/null"], [],
        ]
    )
    func errors(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let arguments = arguments.map { $0 == "POLICY" ? file : $0 }
        let result = try await Tool.run(["policy", "permissions"] + arguments)
        #expect(result.status == 2 && result.output.isEmpty && !result.errors.isEmpty)
    }
}
#endif
