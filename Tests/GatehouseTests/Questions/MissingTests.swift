import Gatehouse
import Testing

@Suite("A program's constants that the policy cannot mean are told when it starts")
struct MissingTests {
    private static let constants: [Permission] = [
        "a:named", "a:denied", "b:granted", "c:ruled", "d:forbidden", "e:other",
    ]

    @Test("a constant neither named nor matched by a grant or an allow rule is told, where no catalogue is")
    func withoutCatalogue() throws {
        let policy = Policy(
            roles: [Role("r", grants: ["a:named", "b:*"], denies: ["a:denied"])],
            rules: [
                Rule("allow", .allow, "c:*", to: "r"),
                Rule("deny", .deny, "d:*", to: "r"),
            ]
        )
        #expect(try PolicyEngine(policy).unknownPermissions(among: Self.constants) == ["d:forbidden", "e:other"])
    }

    @Test("a constant outside the catalogue is told, whatever the patterns match")
    func withCatalogue() throws {
        let policy = Policy(
            permissions: [CataloguedPermission("a:named"), CataloguedPermission("e:other")],
            roles: [Role("r", grants: ["b:*", "a:named"])]
        )
        #expect(
            try PolicyEngine(policy).unknownPermissions(among: Self.constants) == [
                "a:denied", "b:granted", "c:ruled", "d:forbidden",
            ]
        )
    }

    @Test("all unknown names are told at once, each only once, with the nearest known name")
    func unknownNames() throws {
        let engine = try PolicyEngine(Policy(roles: [Role("editor", grants: ["docs:read", "files:*"])]))
        let unknown = engine.unknownNames(
            permissions: ["docs:reed", "docs:read", "files:any", "docs:reed", "other"],
            roles: ["editor", "edtor", "nobody", "edtor"]
        )
        #expect(
            unknown.map(\.description) == [
                "the permission “docs:reed” is none that the policy knows; did you mean “docs:read”?",
                "the permission “other” is none that the policy knows",
                "the role “edtor” is not defined; did you mean “editor”?", "the role “nobody” is not defined",
            ]
        )
        #expect(unknown.map(\.nearest) == ["docs:read", nil, "editor", nil])
        #expect(engine.unknownNames(roles: ["editor"]).isEmpty)
    }
}
