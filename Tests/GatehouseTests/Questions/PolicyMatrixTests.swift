import Gatehouse
import Testing

@Suite("The matrix of roles and permissions")
struct PolicyMatrixTests {
    private static let policy = Policy {
        Role("viewer") { Grants("doc:read") }
        Role("editor") {
            Inherits("viewer")
            Grants("doc:*")
            Denies("doc:void")
        }
        Role("idle") {}
    }

    @Test("a cell says what a role, held alone, may do")
    func cells() throws {
        let matrix = try PolicyEngine(Self.policy).matrix()
        #expect(matrix.roles == ["viewer", "editor", "idle"])
        #expect(matrix.permissions == ["doc:read", "doc:void"])
        #expect(matrix.rows == [[.allow, .allow, .none], [.none, .deny, .none]])
    }

    @Test(
        "is written as aligned text, as Markdown and as CSV",
        arguments: [
            (
                PolicyMatrix.Format.text,
                ["permission  viewer  editor  idle", "doc:read    allow   allow", "doc:void            deny"]
            ),
            (
                .markdown,
                [
                    "| permission | viewer | editor | idle |", "| --- | --- | --- | --- |",
                    "| doc:read | allow | allow |  |", "| doc:void |  | deny |  |",
                ]
            ),
            (.csv, ["permission,viewer,editor,idle", "doc:read,allow,allow,", "doc:void,,deny,"]),
        ]
    )
    func formats(format: PolicyMatrix.Format, lines: [String]) throws {
        #expect(try PolicyEngine(Self.policy).matrix().lines(format) == lines)
    }

    @Test("of nothing is its header alone", arguments: PolicyMatrix.Format.allCases)
    func empty(format: PolicyMatrix.Format) throws {
        let lines = try PolicyEngine(Policy()).matrix().lines(format)
        #expect(lines.first?.contains("permission") == true)
        #expect(lines.count == (format == .markdown ? 2 : 1))
    }
}
