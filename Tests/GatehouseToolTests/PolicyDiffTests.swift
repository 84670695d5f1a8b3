#if Server
import TestSupport
import Testing

@Suite("gatehouse policy diff")
struct PolicyDiffTests {
    private static let small = """
        gatehouse: 1
        roles:
          editor: { grants: ["doc:read"] }
          viewer: { grants: ["doc:read"] }
        assignments:
          - { principal: alice, role: viewer }
        """
    private static let large = """
        gatehouse: 1
        roles:
          viewer: { grants: ["doc:read", "doc:list"] }
          editor: { grants: ["doc:read"] }
        assignments:
          - { principal: alice, role: viewer }
          - { principal: bob, role: editor }
        """
    private static let barring = small.replacing(
        "assignments:",
        with: "  barred: { denies: [\"doc:*\"] }\nassignments:"
    )
    private static let changes = [
        (#""role":"viewer","permission":"doc:list""#), (#""principal":"alice","permission":"doc:list""#),
        (#""principal":"bob","permission":"doc:read""#),
    ]

    @Test(
        "diff lists gains and losses, and exits with 1 where somebody gains",
        arguments: [
            (small, large, changes.map { #"{\#($0),"change":"gains"}"# }, 1),
            (large, small, changes.map { #"{\#($0),"change":"loses"}"# }, 0),
            (small, small, [], 0),
            (barring, small, [#"{"role":"barred","permission":"doc:read","change":"gains"}"#], 1),
        ] as [(String, String, [String], Int32)]
    )
    func lists(before: String, after: String, lines: [String], status: Int32) async throws {
        let folder = try TemporaryFolder()
        let result = try await Tool.run(
            "policy",
            "diff",
            folder.write(before, to: "old policy.yaml"),
            folder.write(after, to: "new policy.yaml")
        )
        #expect(result.lines == lines)
        #expect(result.status == status && result.errors.isEmpty)
    }

    @Test("diff exits with 2 where a document has errors, and lists the errors of both")
    func errors() async throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(Self.small, to: "good.yaml")
        let bad = try folder.write("gatehouse: 1\nroles:\n  a: { inherits: [b] }\n", to: "bad.yaml")
        let finding = "\(bad):3:19: error: the role “b” is not defined [unknown-role]\n"
        for (arguments, errors) in [
            ([good, bad], finding), ([bad, good], finding),
            (["/nonexistent", bad], "/nonexistent: there is no such file\n" + finding),
        ] {
            let result = try await Tool.run(["policy", "diff"] + arguments)
            #expect(result.status == 2 && result.output.isEmpty)
            #expect(result.errors == errors)
        }
        for arguments in [[], [good], [good, good, good]] {
            let result = try await Tool.run(["policy", "diff"] + arguments)
            #expect(result.status == 2 && result.output.isEmpty && !result.errors.isEmpty)
        }
    }
}
#endif
