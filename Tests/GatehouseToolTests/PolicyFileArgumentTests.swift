#if Server
import Foundation
import GatehousePolicyFiles
import TestSupport
import Testing

@Suite("The tool takes documents and prints answers as its users expect")
struct PolicyFileArgumentTests {
    private static let policy = """
        gatehouse: 1
        roles:
          viewer: { grants: ["doc:read"] }
          editor: { inherits: [viewer], grants: ["doc:*"], denies: ["doc:void"] }
        """
    private static let warned = "gatehouse: 1\nroles:\n  idle: {}\n"
    private static let wrong = "gatehouse: 1\nrole: {}\n"
    private static let check = #"{"id":"7","principal":{"id":"a","roles":["editor"]},"permission":"doc:void"}"#

    private let folder: TemporaryFolder
    private let policy: String

    init() throws {
        folder = try TemporaryFolder()
        policy = try folder.write(Self.policy, to: "policy.yaml")
    }

    @Test("the option --version prints the name and the version")
    func version() async throws {
        let result = try await Tool.run("--version")
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("gatehouse 0."))
    }

    @Test("a document is named by --policy or by an argument, and not by both", arguments: ["check", "explain"])
    func spellings(command: String) async throws {
        let byOption = try await Tool.run("policy", command, "--policy", policy, input: Self.check)
        let byArgument = try await Tool.run("policy", command, policy, input: Self.check)
        #expect(byOption.status == 1 && byOption.output.contains(#""allowed":false"#))
        #expect(byOption.output == byArgument.output)
        #expect(try await Tool.run("policy", command, policy, "--policy", policy, input: Self.check).status == 2)
        #expect(try await Tool.run("policy", command, input: Self.check).status == 2)
        let twice = try await Tool.run("policy", command, "-", input: Self.check)
        #expect(twice.status == 2 && twice.errors.contains("standard input"))
    }

    @Test("the argument - is standard input")
    func standardInput() async throws {
        #expect(try await Tool.run("policy", "matrix", "-", input: Self.policy).lines.count == 4)
        #expect(try await Tool.run("policy", "matrix", "--policy", "-", input: Self.policy).lines.count == 4)
        let lint = try await Tool.run("policy", "lint", "-", input: Self.wrong)
        #expect(lint.status == 1)
        #expect(lint.lines.first?.hasPrefix("-:2:1: error: ") == true)
    }

    @Test("the option --format text gives answers in sentences")
    func text() async throws {
        let check = try await Tool.run("policy", "check", policy, "--format", "text", input: Self.check + "\n{}\n")
        #expect(check.status == 1)
        #expect(check.lines.first == "7: denied: editor denies doc:void")
        #expect(check.lines.count == 2 && check.lines[1].hasPrefix("invalid: "))
        let explain = try await Tool.run("policy", "explain", policy, "--format", "text", input: Self.check)
        #expect(explain.status == 1)
        #expect(explain.lines.first == "7: denied: editor denies doc:void")
        #expect(explain.lines.contains("  the role editor stops it"))
    }

    @Test("lint takes several documents, and --strict counts warnings")
    func lint() async throws {
        let warned = try folder.write(Self.warned, to: "warned.yaml")
        let wrong = try folder.write(Self.wrong, to: "wrong.yaml")
        #expect(try await Tool.run("policy", "lint", policy, warned).status == 0)
        #expect(try await Tool.run("policy", "lint", policy, warned, "--strict").status == 1)
        let all = try await Tool.run("policy", "lint", policy, warned, "--policy", wrong)
        #expect(all.status == 1)
        #expect(all.lines.count == 2 && all.lines[0].hasPrefix(warned) && all.lines[1].hasPrefix(wrong))
        let missing = try await Tool.run("policy", "lint", wrong, "/no/such/file")
        #expect(missing.status == 2 && missing.output.isEmpty && missing.errors.contains("/no/such/file"))
        #expect(try await Tool.run("policy", "lint").status == 2)
        #expect(try await Tool.run("policy", "lint", "-", "-", input: Self.policy).status == 2)
    }

    @Test("schema prints the schema")
    func schema() async throws {
        let result = try await Tool.run("policy", "schema")
        #expect(result.status == 0)
        #expect(result.output == PolicyDocument.schema + "\n")
    }
}
#endif
