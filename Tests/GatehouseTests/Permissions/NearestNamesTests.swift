import Testing

@testable import Gatehouse

@Suite("The known name that somebody may have meant is found, soon")
struct NearestNamesTests {
    private static let names = [
        "editor", "viewer", "docs:read", "docs:write", "org:member", "equals", "in", "a", "ab:cd",
    ]

    @Test(
        "a name is near with a letter dropped, added, changed or swapped, and as a beginning",
        arguments: [
            ("edtor", "editor"), ("editorr", "editor"), ("edidor", "editor"), ("eidtor", "editor"),
            ("EDITOR", "editor"),
            ("docs:reed", "docs:read"), ("org:membr", "org:member"), ("org.member", "org:member"), ("eq", "equals"),
            ("docs", "docs:read"), ("docs:w", "docs:write"), ("ab:dc", "ab:cd"),
        ]
    )
    func near(name: String, nearest: String) {
        var names = NearestNames(Self.names)
        #expect(names.nearest(to: name) == nearest)
        #expect(names.suggestion(for: name) == "; did you mean “\(nearest)”?")
    }

    @Test(
        "a name that is far from all is near none",
        arguments: ["", "b", "x", "od", "admin", "publish", "größe"]
    )
    func far(name: String) {
        var names = NearestNames(Self.names)
        #expect(names.nearest(to: name) == nil)
        #expect(names.suggestion(for: name).isEmpty)
    }

    @Test("the nearest name counts, and the first of equally near names")
    func order() {
        var names = NearestNames(["abcdefghi", "abcdefgxx", "abcdefgyy"])
        #expect(names.nearest(to: "abcdefgyx") == "abcdefgxx")
        #expect(names.nearest(to: "abcdefgzz") == "abcdefghi")
    }

    @Test("the search among many long names is given up")
    func bound() {
        let long = (0..<10_000).map { String(repeating: "x", count: 250) + "\($0)" }
        var names = NearestNames(long + ["editor"])
        #expect(names.nearest(to: String(repeating: "y", count: 254)) == nil)
        #expect(names.nearest(to: "editr") == nil)
        var short = NearestNames(["editor"])
        #expect(short.nearest(to: String(repeating: "x", count: 1 << 20)) == nil)
        #expect(short.nearest(to: "editr") == "editor")
    }

    @Test("findings of unknown roles and permissions name the nearest")
    func findings() {
        let policy = Policy(
            permissions: [CataloguedPermission("docs:read")],
            roles: [Role("editor", inherits: ["editr"], grants: ["docs:reed"], denies: ["docs:raed"])],
            rules: [Rule("r", .allow, "docs:rea", to: "edtor")],
            constraints: [Constraint("c", .dynamic, roles: ["editor", "xditor"], limit: 1)],
            assignments: [Assignment("editors", to: "a"), Assignment("none", to: "a")]
        )
        let findings = policy.findings()
        #expect(findings.count == 8)
        #expect(findings.filter { $0.message.hasSuffix("; did you mean “editor”?") }.count == 4)
        #expect(findings.filter { $0.message.hasSuffix("; did you mean “docs:read”?") }.count == 3)
        #expect(findings.last?.message == "the role “none” is not defined")
    }
}
