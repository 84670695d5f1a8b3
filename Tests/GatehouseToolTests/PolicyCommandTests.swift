#if Server
import Foundation
import TestSupport
import Testing

@Suite("gatehouse policy")
struct PolicyCommandTests {
    private static let policy = """
        gatehouse: 1
        roles:
          org:billing: { grants: ["org:invoices:*"] }
          org:admin: { inherits: [org:billing] }
          org:editor: { grants: ["org:documents:*"] }
        assignments:
          - { principal: alice, organization: org_1, role: org:admin }
        """

    @Test("check answers each line in order, with reasons and the revision, and exits with 1 for a no")
    func check() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let input = """
            {"id":"1","principal":{"id":"x","organization":"org_1","roles":["org:admin",{"role":"org:editor",\
            "resource":"doc:42"}]},"permission":"org:invoices:read","resource":{"type":"invoice","id":"7"}}
            {"principal":{"id":"alice","organization":"org_1"},"permission":"org:invoices:void"}
            {"id":"3","principal":{"id":"alice"},"permission":"org:invoices:void"}

            {"id":"5","principal":{"id":"x"},"permission":"org:*"}
            """
        let result = try await Tool.run("policy", "check", "--policy", file, input: input)
        let answers = result.lines.map { $0.split(separator: ",\"revision\":", maxSplits: 1)[0] }
        let path =
            #"{"kind":"grant","role":"org:billing","pattern":"org:invoices:*","path":["org:admin","org:billing"]}"#
        #expect(answers.count == 5)
        #expect(answers[0] == #"{"id":"1","allowed":true,"reasons":[\#(path)]"#)
        #expect(answers[1] == #"{"id":null,"allowed":true,"reasons":[\#(path)]"#)
        #expect(answers[2] == #"{"id":"3","allowed":false,"reasons":[{"kind":"default"}]"#)
        #expect(answers[3].hasPrefix(#"{"id":null,"allowed":false,"reasons":[{"kind":"invalid","message":""#))
        #expect(answers[4].hasPrefix(#"{"id":"5","allowed":false,"reasons":[{"kind":"invalid","message":""#))
        #expect(Set(result.lines.map { $0.suffix(19) }).count == 1)
        #expect(result.status == 1)
        let yes = #"{"principal":{"id":"alice","organization":"org_1"},"permission":"org:invoices:void"}"#
        #expect(try await Tool.run("policy", "check", "--policy", file, input: yes).status == 0)
        let no = #"{"principal":{"id":"bob"},"permission":"org:invoices:void"}"#
        #expect(try await Tool.run("policy", "check", "--policy", file, input: no).status == 1)
        #expect(try await Tool.run("policy", "check", "--policy", file, input: "\(yes)\n\(no)\n\(yes)\n").status == 1)
    }

    @Test("check answers a line when the line comes, without waiting for the next")
    func interactive() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let check = try RunningProgram([Tool.executable.path, "policy", "check", "--policy", file])
        for id in ["1", "2"] {
            try check.write(#"{"id":"\#(id)","principal":{"id":"x"},"permission":"a"}"#)
            #expect(check.output.next()?.hasPrefix(#"{"id":"\#(id)","allowed":false"#) == true)
        }
        try check.closeInput()
        #expect(check.waitUntilExit() == 1)
    }

    @Test("check and explain without a check exit with 2 and say so", arguments: ["check", "explain"])
    func noCheck(command: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let result = try await Tool.run("policy", command, "--policy", file)
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors.hasPrefix("standard input: there is no check in it"))
        // A blank line is a check, though none that can be answered.
        let blank = try await Tool.run("policy", command, "--policy", file, input: "\n")
        #expect(blank.status == 1 && blank.lines.count == 1)
    }

    @Test("check by a document with errors exits with 2, and lists them")
    func checkWithErrors() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("gatehouse: 1\nroles:\n  a: { inherits: [b] }\n", to: "policy.yaml")
        let result = try await Tool.run("policy", "check", "--policy", file, input: "{}")
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors == "\(file):3:19: error: the role “b” is not defined [unknown-role]\n")
        #expect(try await Tool.run("policy", "check", "--policy", "/nonexistent").status == 2)
        #expect(try await Tool.run("policy", "check").status == 2)
    }

    @Test("lint prints findings as text and as JSON, and exits with 1 where one is an error")
    func lint() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(#"{"gatehouse":1,"roles":{"a":{"grants":["inv*"]}},"rule":[]}"#, to: "policy.json")
        let text = try await Tool.run("policy", "lint", file)
        #expect(text.status == 1)
        #expect(text.lines.count == 2)
        #expect(text.lines.first?.hasPrefix("\(file):1:40: error: ") == true)
        #expect(text.lines.first?.hasSuffix("[invalid-pattern]") == true)
        #expect(text.lines.last?.hasSuffix("[unknown-key]") == true)
        let json = try await Tool.run("policy", "lint", file, "--format", "json")
        let prefix = #"{"file":"\#(file)","line":1,"column":40,"severity":"error","code":"invalid-pattern","message":""#
        #expect(json.lines.first?.hasPrefix(prefix) == true)
        #expect(json.status == 1)
        let clean = try await Tool.run("policy", "lint", folder.write(Self.policy, to: "clean.yaml"))
        #expect(clean.status == 0 && clean.output.isEmpty)
        #expect(try await Tool.run("policy", "lint", "/nonexistent").status == 2)
        #expect(try await Tool.run("policy", "lint", file, "--format", "xml").status == 2)
    }

    @Test("help is complete and exits with 0; a missing subcommand is a usage error")
    func help() async throws {
        for arguments in [
            [], ["token"], ["token", "verify"], ["policy"], ["policy", "check"], ["policy", "lint"],
            ["policy", "explain"], ["policy", "permissions"], ["policy", "who-can"], ["policy", "matrix"],
            ["policy", "diff"],
            ["policy", "test"], ["policy", "generate"], ["demo"],
        ] {
            let result = try await Tool.run(arguments + ["--help"])
            #expect(result.status == 0)
            #expect(result.output.contains("USAGE: gatehouse"))
        }
        for arguments in [[], ["token"], ["policy"], ["unknown"]] {
            let result = try await Tool.run(arguments)
            #expect(result.status == 2 && result.output.isEmpty && !result.errors.isEmpty)
        }
    }
}
#endif
