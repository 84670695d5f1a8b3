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

    @Test("a cell says what a role that is held alone may do")
    func cells() throws {
        let matrix = try PolicyEngine(Self.policy).matrix()
        #expect(matrix.roles == ["viewer", "editor", "idle"])
        #expect(matrix.permissions == ["doc:*", "doc:read", "doc:void"])
        #expect(matrix.rows == [[.none, .allow, .none], [.allow, .allow, .none], [.none, .deny, .none]])
    }

    @Test("a pattern's row stands for the names that no other row matches more narrowly")
    func patterns() throws {
        let policy = Policy {
            Role("member") { Grants("org:reports:*") }
            Role("auditor") {
                Inherits("member")
                Grants("**")
                Denies("org:*:void", "org:keys:**")
            }
            Role("owner") { Grants("org:**") }
            Role("barred") {
                Inherits("owner")
                Denies("**")
            }
            Rule("own", .allow, "doc:*", to: "member", when: .equals("$resource.owner", "$principal.id"))
            Rule("lock", .deny, "org:**", to: "owner", when: .equals("$context.locked", true))
        }
        let table = [
            "permission     member       auditor  owner        barred",
            "**                          allow                 deny",
            "doc:*          conditional  allow                 deny",
            "org:**                      allow    conditional  deny",
            "org:*:void                  deny     conditional  deny",
            "org:keys:**                 deny     conditional  deny",
            "org:reports:*  allow        allow    conditional  deny",
        ]
        #expect(try PolicyEngine(policy).matrix().lines(.text) == table)
    }

    @Test("the rows are the names of the catalogue, and those that the policy names")
    func catalogue() throws {
        var policy = Self.policy
        policy.permissions = [CataloguedPermission("doc:read"), CataloguedPermission("doc:void")]
        #expect(try PolicyEngine(policy).matrix().permissions == ["doc:read", "doc:void"])
    }

    @Test("a segment that a pattern names is not taken for a segment that none names")
    func takenSegment() throws {
        let policy = Policy { Role("r") { Grants("any:*", "any-other:*", "*:x") } }
        let matrix = try PolicyEngine(policy).matrix()
        #expect(matrix.permissions == ["*:x", "any-other:*", "any:*"])
        #expect(matrix.rows == [[.allow], [.allow], [.allow]])
        let denied = Policy {
            Role("r") {
                Grants("*:x")
                Denies("any:*", "*:any", "any-other:*")
            }
        }
        #expect(try PolicyEngine(denied).matrix().rows == [[.deny], [.allow], [.deny], [.deny]])
    }

    @Test("Markdown shows each wildcard as it stands")
    func escapes() throws {
        let policy = Policy { Role("r") { Grants("*:a:*", "a:*", "**") } }
        #expect(
            try PolicyEngine(policy).matrix().lines(.markdown).dropFirst(2) == [
                "| ** | allow |", #"| \*:a:\* | allow |"#, "| a:* | allow |",
            ]
        )
    }

    @Test(
        "the matrix is written as aligned text, as Markdown and as CSV",
        arguments: [
            (
                PolicyMatrix.Format.text,
                [
                    "permission  viewer  editor  idle", "doc:*               allow", "doc:read    allow   allow",
                    "doc:void            deny",
                ]
            ),
            (
                .markdown,
                [
                    "| permission | viewer | editor | idle |", "| --- | --- | --- | --- |", "| doc:* |  | allow |  |",
                    "| doc:read | allow | allow |  |", "| doc:void |  | deny |  |",
                ]
            ),
            (.csv, ["permission,viewer,editor,idle", "doc:*,,allow,", "doc:read,allow,allow,", "doc:void,,deny,"]),
        ]
    )
    func formats(format: PolicyMatrix.Format, lines: [String]) throws {
        #expect(try PolicyEngine(Self.policy).matrix().lines(format) == lines)
    }

    @Test("the matrix of an empty policy is its header alone", arguments: PolicyMatrix.Format.allCases)
    func empty(format: PolicyMatrix.Format) throws {
        let lines = try PolicyEngine(Policy()).matrix().lines(format)
        #expect(lines.first?.contains("permission") == true)
        #expect(lines.count == (format == .markdown ? 2 : 1))
    }
}
