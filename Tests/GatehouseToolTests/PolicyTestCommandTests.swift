#if Server
import Foundation
import TestSupport
import Testing

@Suite("gatehouse policy test")
struct PolicyTestCommandTests {
    private static let policy = """
        gatehouse: 1
        roles:
          viewer: { grants: ["doc:read", "doc:list", "doc:find"] }
          editor: { inherits: [viewer], denies: ["doc:void"] }
        """
    private static let tests = """
        policy: ../my policy.yaml
        tests:
          - name: a viewer reads
            principal: { id: x, roles: [viewer] }
            permission: doc:read
            expect: allow
          - name: an editor “voids”
            principal: { id: x, organization: org_1, roles: [editor] }
            permission: doc:void
            resource: { type: doc, id: "1", attributes: { a: [1] } }
            action: { a: 1 }
            at: 2026-01-01T00:00:00Z
            expect: deny
        """
    private static let read = """
        {"name":"a viewer reads","passed":true,"expected":"allow","actual":"allow","reasons":\
        [{"kind":"grant","role":"viewer","pattern":"doc:read","path":["viewer"]}]}
        """
    private static let void = """
        {"name":"an editor “voids”","passed":true,"expected":"deny","actual":"deny","reasons":\
        [{"kind":"deny","role":"editor","pattern":"doc:void","path":["editor"]}]}
        """

    /// A folder with the policy, and a folder in it with the tests.
    private static func folder(tests: String...) throws -> (folder: TemporaryFolder, files: [String]) {
        let folder = try TemporaryFolder()
        try folder.write(policy, to: "my policy.yaml")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "my tests"),
            withIntermediateDirectories: true
        )
        return (folder, try tests.enumerated().map { try folder.write($0.element, to: "my tests/\($0.offset).yaml") })
    }

    @Test("each test is answered in order, and then the numbers of passes and the coverage are told")
    func passes() async throws {
        let (folder, files) = try Self.folder(tests: Self.tests)
        let result = try await Tool.run(["policy", "test"] + files)
        #expect(
            result.lines == [
                Self.read, Self.void, #"{"passed":2,"failed":0,"coverage":{"grants":33.3,"denies":100,"rules":100}}"#,
            ]
        )
        #expect(result.status == 0 && result.errors.isEmpty)
        withExtendedLifetime(folder) {}
    }

    @Test("a failed test exits with 1")
    func fails() async throws {
        let (folder, files) = try Self.folder(tests: Self.tests.replacing("expect: allow", with: "expect: deny"))
        let result = try await Tool.run(["policy", "test"] + files)
        #expect(
            result.lines == [
                Self.read.replacing(#""passed":true,"expected":"allow""#, with: #""passed":false,"expected":"deny""#),
                Self.void, #"{"passed":1,"failed":1,"coverage":{"grants":33.3,"denies":100,"rules":100}}"#,
            ]
        )
        #expect(result.status == 1)
        withExtendedLifetime(folder) {}
    }

    @Test("several documents of one policy cover it together, by whatever path they name the policy")
    func together() async throws {
        let (folder, files) = try Self.folder(
            tests: Self.tests.replacing("doc:read", with: "doc:list"),
            Self.tests.replacing("../my policy.yaml", with: "./../my tests/.././my policy.yaml")
        )
        let absolute = try folder.write(
            #"{"policy":"\#(folder.url.path)/my policy.yaml","tests":[]}"#,
            to: "absolute.json"
        )
        let result = try await Tool.run(["policy", "test"] + files + [absolute])
        #expect(result.lines.count == 5)
        #expect(result.lines.last == #"{"passed":4,"failed":0,"coverage":{"grants":66.6,"denies":100,"rules":100}}"#)
        #expect(result.status == 0)
    }

    @Test("several policies are covered as one policy")
    func apart() async throws {
        let (folder, files) = try Self.folder(
            tests: Self.tests,
            "policy: other.yaml\ntests: [{ name: x, principal: { id: x, roles: [r] }, permission: a, expect: allow }]"
        )
        try folder.write("gatehouse: 1\nroles: { r: { grants: [a] } }\n", to: "my tests/other.yaml")
        let result = try await Tool.run(["policy", "test"] + files)
        #expect(result.lines.last == #"{"passed":3,"failed":0,"coverage":{"grants":50,"denies":100,"rules":100}}"#)
    }

    @Test(
        "less coverage than the minimum exits with 1, and the error says of which kind",
        arguments: [
            ("0", []), ("33.3", []), ("33.4", ["grants: 1 of 3 covered, which is less than 33.4 %"]),
            ("100", ["grants: 1 of 3 covered, which is less than 100.0 %"]),
        ]
    )
    func coverage(minimum: String, errors: [String]) async throws {
        let (folder, files) = try Self.folder(tests: Self.tests)
        let result = try await Tool.run(["policy", "test", "--min-coverage", minimum] + files)
        #expect(result.lines.count == 3)
        #expect(result.errors.split(separator: "\n").map(String.init) == errors)
        #expect(result.status == (errors.isEmpty ? 0 : 1))
        withExtendedLifetime(folder) {}
    }

    @Test("a policy without grants, denials and rules is covered whole")
    func nothingToCover() async throws {
        let test = "tests: [{ name: x, principal: { id: x }, permission: a, expect: deny }]"
        let (folder, files) = try Self.folder(tests: "policy: empty.yaml\n\(test)")
        try folder.write("gatehouse: 1\n", to: "my tests/empty.yaml")
        let result = try await Tool.run(["policy", "test", "--min-coverage", "100"] + files)
        #expect(
            result.lines.last == #"{"passed":1,"failed":0,"coverage":{"grants":100,"denies":100,"rules":100}}"#
        )
        #expect(result.status == 0)
    }

    // MARK: What cannot be carried out

    @Test("a run without any test exits with 2 and says so, and an empty document beside others is no error")
    func noTest() async throws {
        let empty = "policy: ../my policy.yaml\ntests: []"
        let (folder, files) = try Self.folder(tests: empty, empty, Self.tests)
        let result = try await Tool.run(["policy", "test"] + files.prefix(2))
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors == files.prefix(2).map { "\($0): there is no test in it\n" }.joined())
        #expect(try await Tool.run(["policy", "test"] + files).status == 0)
        withExtendedLifetime(folder) {}
    }

    @Test("every document is read before the first test runs, and every document with errors is listed")
    func errors() async throws {
        let bad =
            "policy: ../my policy.yaml\ntests: [{ name: x, principal: { id: x }, permission: a, expect: maybe }]\n"
        let (folder, files) = try Self.folder(tests: Self.tests, bad, bad)
        let result = try await Tool.run(["policy", "test"] + files + ["/nonexistent"])
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 3)
        for (line, file) in zip(lines, files.dropFirst()) { #expect(line.hasPrefix("\(file):2:65: error: ")) }
        #expect(lines.last == "/nonexistent: there is no such file")
        #expect(result.status == 2 && result.output.isEmpty)
        withExtendedLifetime(folder) {}
    }

    @Test("every error of a document is listed at its place")
    func everyError() async throws {
        let bad = """
            policy: ../my policy.yaml
            tests:
              - name: a viewer reads
                principal: { id: x, roles: [viewer], organisation: o }
                permission: "doc:*"
                expect: yes
              - { name: y, principal: { id: x }, permission: doc:read, expect: allow, at: yesterday }
            """
        let (folder, files) = try Self.folder(tests: bad)
        let result = try await Tool.run(["policy", "test"] + files)
        let places = result.errors.split(separator: "\n").map { $0.dropFirst(files[0].count + 1).prefix { $0 != " " } }
        #expect(places == ["4:42:", "5:17:", "6:13:", "7:79:"], "\(result.errors)")
        #expect(result.errors.contains("did you mean “organization”?"))
        #expect(result.status == 2 && result.output.isEmpty)
        withExtendedLifetime(folder) {}
    }

    @Test("a policy with errors is told once, by its path from the folder of the tests")
    func policyErrors() async throws {
        let (folder, files) = try Self.folder(
            tests: "policy: bad.yaml\ntests: []",
            "policy: ./bad.yaml\ntests: []",
            "policy: none.yaml\ntests: []"
        )
        let bad = try folder.write("gatehouse: 1\nroles:\n  a: { inherits: [b] }\n", to: "my tests/bad.yaml")
        let result = try await Tool.run(["policy", "test"] + files)
        #expect(
            result.errors == """
                \(bad):3:19: error: the role “b” is not defined [unknown-role]
                \(folder.url.path)/my tests/none.yaml: there is no such file

                """
        )
        #expect(result.status == 2 && result.output.isEmpty)
    }

    @Test(
        "a malformed test document exits with 2",
        arguments: [
            "", "\n", "{", "[]", "policy: x", "tests: []", "policy: 1\ntests: []", "policy: x\ntests: {}",
            "policy: x\ntests: []\nother: 1", "policy: x\npolicy: x\ntests: []", "gatehouse: 1\n",
            "policy: \"a\\u0000b\"\ntests: []", "policy: \"a\\e[2J\"\ntests: []", "policy: ''\ntests: []",
            "policy: ../my policy.yaml\ntests: [{}]",
            "policy: ../my policy.yaml\ntests: [{ name: x, principal: { id: x }, permission: 'a:*', expect: allow }]",
            "policy: ../my policy.yaml\ntests: [{ name: x, principal: {}, permission: a, expect: allow }]",
            "policy: ../my policy.yaml\ntests: [{ name: x, principal: { id: x }, permission: a, expect: true }]",
            "policy: ../my policy.yaml\ntests: [{ name: x, principal: { id: x }, permission: a, expect: allow, x: 1 }]",
        ]
    )
    func invalid(document: String) async throws {
        let (folder, files) = try Self.folder(tests: document)
        let result = try await Tool.run(["policy", "test"] + files)
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(!result.errors.isEmpty && !result.errors.contains("\u{1B}"))
        withExtendedLifetime(folder) {}
    }

    @Test(
        "a usage error exits with 2",
        arguments: [
            [], ["TESTS", "--min-coverage", "101"], ["TESTS", "--min-coverage", "-1"], ["TESTS", "--min-coverage=-1"],
            ["TESTS", "--min-coverage", "nan"], ["TESTS", "--min-coverage", "0x10"], ["TESTS", "--min-coverage", ""],
            ["TESTS", "--min-coverage", "100.0000000001"], ["TESTS", "--min-coverage", "80%"], ["TESTS", "--unknown"],
        ]
    )
    func usage(arguments: [String]) async throws {
        let (folder, files) = try Self.folder(tests: Self.tests)
        let result = try await Tool.run(["policy", "test"] + arguments.flatMap { $0 == "TESTS" ? files : [$0] })
        #expect(result.status == 2 && result.output.isEmpty && !result.errors.isEmpty)
        withExtendedLifetime(folder) {}
    }
}
#endif
