#if Server
import TestSupport
import Testing

@Suite("gatehouse policy explain")
struct PolicyExplainTests {
    private static let policy = """
        gatehouse: 1
        roles:
          org:billing: { grants: ["org:invoices:*"] }
          org:admin: { inherits: [org:billing] }
          org:auditor: { denies: ["org:invoices:void"] }
        """

    @Test(
        "explain answers as check does, with the near misses",
        arguments: [
            (
                #"{"id":"1","principal":{"id":"x","roles":["org:admin"]},"permission":"org:invoices:read"}"#, true,
                #"[{"kind":"grant","role":"org:billing","pattern":"org:invoices:*","path":["org:admin","org:billing"]}]"#,
                "[]"
            ),
            (
                #"{"id":"1","principal":{"id":"x"},"permission":"org:invoices:read"}"#, false,
                #"[{"kind":"default"}]"#,
                """
                [{"kind":"role","role":"org:billing","rule":null,"missing":[]},\
                {"kind":"role","role":"org:admin","rule":null,"missing":[]}]
                """
            ),
            (
                #"{"id":"1","principal":{"id":"x","roles":["org:admin","org:auditor"]},"permission":"org:invoices:void"}"#,
                false,
                #"[{"kind":"deny","role":"org:auditor","pattern":"org:invoices:void","path":["org:auditor"]}]"#,
                #"[{"kind":"deny","role":"org:auditor","rule":null,"missing":[]}]"#
            ),
        ]
    )
    func answers(check: String, isAllowed: Bool, reasons: String, nearMisses: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "my policy.yaml")
        for input in [check, check + "\n", "\r\n \(check.replacing(",", with: ",\n"))\t\n\n"] {
            let result = try await Tool.run("policy", "explain", "--policy", file, input: input)
            #expect(result.lines.count == 1 && result.errors.isEmpty)
            let parts = result.output.split(separator: #","revision":""#)
            try #require(parts.count == 2)
            #expect(parts[0] == #"{"id":"1","allowed":\#(isAllowed),"reasons":\#(reasons)"#)
            #expect(parts[1].dropFirst(64) == "\",\"nearMisses\":\(nearMisses)}\n")
            #expect(result.status == (isAllowed ? 0 : 1))
        }
    }

    @Test(
        "explain answers a malformed check with no",
        arguments: [
            ("\n", "null"), ("{", "null"), ("[]", "null"), ("nonsense", "null"), ("\u{0}", "null"),
            (#"{"id":"7","principal":{"id":"x"},"permission":"a","unknown":1}"#, #""7""#),
            (#"{"id":"7","principal":{"id":"x"},"permission":"a:*"}"#, #""7""#),
            (#"{"id":7,"principal":{"id":"x"},"permission":"a"}"#, "null"),
            (#"{"id":"7","principal":{"id":""},"permission":"a"}"#, #""7""#),
            (#"{"principal":{"id":"x"},"permission":"a"}{"principal":{"id":"x"},"permission":"a"}"#, "null"),
            ("{\"principal\":{\"id\":\"x\"},\"permission\":\"a\"}\n{}", "null"),
            (#"{"principal":{"id":"x"},"principal":{"id":"y"},"permission":"a"}"#, "null"),
        ]
    )
    func invalid(input: String, id: String) async throws {
        try await expectNo(input, id)
    }

    @Test("explain answers a check of a hundred thousand open brackets with no")
    func deep() async throws {
        try await expectNo(String(repeating: "[", count: 100_000), "null")
    }

    private func expectNo(_ input: String, _ id: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let result = try await Tool.run("policy", "explain", "--policy", file, input: input)
        let prefix = #"{"id":\#(id),"allowed":false,"reasons":[{"kind":"invalid","message":""#
        #expect(result.output.hasPrefix(prefix))
        #expect(result.output.hasSuffix("\",\"nearMisses\":[]}\n"))
        #expect(result.status == 1)
    }

    @Test("a principal's id may be as long as a line, and is no part of the answer")
    func hugeID() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.policy, to: "policy.yaml")
        let id = String(repeating: "x", count: 1 << 20)
        let check = #"{"principal":{"id":"\#(id)","roles":["org:admin"]},"permission":"org:invoices:read"}"#
        let result = try await Tool.run("policy", "explain", "--policy", file, input: check)
        #expect(result.status == 0 && result.output.utf8.count < 1_000)
    }

    @Test("a policy with errors, or no policy, exits with 2 and answers nothing")
    func errors() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("gatehouse: 1\nroles:\n  a: { inherits: [b] }\n", to: "policy.yaml")
        let result = try await Tool.run("policy", "explain", "--policy", file, input: "{}")
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors == "\(file):3:19: error: the role “b” is not defined [unknown-role]\n")
        for arguments in [["--policy", "/nonexistent"], ["--policy", "/"], [], ["--policy", file, "extra"]] {
            let result = try await Tool.run(["policy", "explain"] + arguments)
            #expect(result.status == 2 && result.output.isEmpty && !result.errors.isEmpty)
        }
    }
}
#endif
