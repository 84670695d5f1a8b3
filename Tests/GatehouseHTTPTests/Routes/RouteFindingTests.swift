import GatehouseHTTP
import Testing

@Suite("The reasons that keep a route closed are told before anybody asks")
struct RouteFindingTests {
    private func codes(
        _ requirement: Requirement?,
        _ placeholders: [String] = [],
        catalogue: Bool = true,
        from permissionSource: Authorizer.PermissionSource = .roles
    ) throws -> [String] {
        let policy = Policy {
            if catalogue { CataloguedPermission("docs:read", "Read") }
            Role("reader") { Grants("docs:*") }
        }
        let authorizer = Authorizer(engine: try PolicyEngine(policy), permissionSource: permissionSource)
        return authorizer.findings(on: requirement, route: "GET /x", placeholders: placeholders).map(\.code.rawValue)
    }

    @Test("names that the catalogue lacks are told, under any combination")
    func names() throws {
        #expect(try codes(.permission("docs:read")).isEmpty)
        #expect(try codes(.role("reader")).isEmpty)
        #expect(try codes(.permission("docs:reed")) == ["unknown-permission"])
        #expect(try codes(.not(.anyOf(.role("readr"), .permission("a")))) == ["unknown-permission", "unknown-role"])
        #expect(try codes(.permission("docs:reed"), catalogue: false).isEmpty)
        #expect(try codes(.role("readr"), catalogue: false).isEmpty)
        #expect(try codes(.permission("docs:reed"), from: .token).isEmpty)
        #expect(try codes(.permission("docs:reed"), from: .both) == ["unknown-permission"])
    }

    @Test("names that no permission can have are always told", arguments: ["docs:*", "**", "", "docs:", "d ocs"])
    func malformed(name: String) throws {
        #expect(try codes(.permission(name)) == ["invalid-permission"])
        #expect(try codes(.allOf(.authenticated, .not(.permission(name))), catalogue: false) == ["invalid-permission"])
        #expect(try codes(.permission(name), from: .token) == ["invalid-permission"])
    }

    @Test(
        "other names that nothing can have are always told, once",
        arguments: [
            .plan("uo:pro"), .plan(""), .feature("team:invoices"), .role(""), .organization(.named("")),
        ] as [Requirement]
    )
    func malformed(requirement: Requirement) throws {
        #expect(try codes(.not(requirement)) == ["invalid-name"])
        #expect(try codes(requirement, catalogue: false, from: .token) == ["invalid-name"])
    }

    @Test("a factor that nobody can have proved is told", arguments: [0, -1, .min])
    func factor(minutes: Int) throws {
        #expect(try codes(.not(.factor(Reverification(.secondFactor, afterMinutes: minutes)))) == ["invalid-factor"])
        #expect(try codes(.factor(Reverification(.secondFactorStrict, afterMinutes: nil))).isEmpty)
    }

    @Test("the message has the names that may have been meant")
    func nearest() throws {
        let policy = Policy {
            CataloguedPermission("docs:read", "Read")
            Role("reader") { Grants("docs:*") }
        }
        let findings = try Authorizer(policy: policy)
            .findings(on: .allOf(.permission("docs:reed"), .role("readr")), route: "GET /x", placeholders: [])
        #expect(
            findings.map(\.message) == [
                "the permission “docs:reed” is none that the policy knows; did you mean “docs:read”?",
                "the role “readr” is not defined; did you mean “reader”?",
            ]
        )
    }

    @Test("placeholders that are missing or repeated are told")
    func placeholders() throws {
        #expect(try codes(.organization(inPath: "org"), ["org"]).isEmpty)
        #expect(try codes(.organization(inPath: "org"), ["id"]) == ["unknown-placeholder"])
        #expect(try codes(.permission("docs:read", on: .path("doc", "id"))) == ["unknown-placeholder"])
        #expect(try codes(.permission("docs:read", on: .path("doc", "id")), ["id"]).isEmpty)
        #expect(try codes(.authenticated, ["id", "org", "id"]) == ["repeated-placeholder"])
        #expect(try codes(.public, ["id", "id"]).isEmpty)
        #expect(try codes(nil, ["id", "id"]) == ["no-requirement"])
    }

    @Test("all findings stand in one error, each in a line")
    func error() throws {
        #expect(RouteError([]) == nil)
        let authorizer = try Fixture.authorizer.get()
        let findings = authorizer.findings(on: .organization(inPath: "org"), route: "GET /x", placeholders: ["a", "a"])
        #expect(
            RouteError(findings)?.description == """
                GET /x: the path has the placeholder {a} twice [repeated-placeholder]
                GET /x: the path names nothing for the organization {org} [unknown-placeholder]
                """
        )
    }
}
