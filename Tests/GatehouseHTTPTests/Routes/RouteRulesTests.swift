import GatehouseHTTP
import Testing

@Suite("The first rule that a request falls under decides")
struct RouteRulesTests {
    private static let rules = Result {
        RouteRules(
            try RouteRule("/public/**", requires: .public),
            try RouteRule("/invoices/@new", methods: [.get], requires: .role("writer")),
            try RouteRule("/invoices/{id}", methods: [.get, .put], requires: .authenticated),
            try RouteRule("/invoices/{id}", methods: [.delete], requires: .role("admin")),
            try RouteRule("/orgs/{org}/*/{id}", requires: .organization(inPath: "org")),
            try RouteRule("/admin", requires: .role("admin")),
            try RouteRule("/", requires: .public),
            try RouteRule("/dir/", requires: .public)
        )
    }

    private func index(_ method: HTTPRequest.Method, _ path: String, _ reading: HostReading = []) throws -> Int? {
        try Self.rules.get().match(method, path, readBy: reading)?.index
    }

    @Test(
        "a rule is found by path and method",
        arguments: [
            ("GET", "/public", 0), ("GET", "/public/", 0), ("POST", "/public/a/b", 0), ("BREW", "/public/a", 0),
            ("GET", "/publicity", nil), ("GET", "/invoices/@new", 1), ("HEAD", "/invoices/@new", 1),
            ("PUT", "/invoices/@new", 2), ("GET", "/invoices/7", 2), ("HEAD", "/invoices/7", 2),
            ("DELETE", "/invoices/7", 3), ("get", "/invoices/7", nil), ("PATCH", "/invoices/7", nil),
            ("HEAD", "/invoices/", nil), ("GET", "/invoices/7/", nil), ("GET", "/invoices/7/8", nil),
            ("GET", "/orgs/a/b/c", 4), ("GET", "/orgs/a//c", -1), ("GET", "/orgs/a/b/", nil), ("GET", "/admin", 5),
            ("GET", "/admin/", nil), ("GET", "/Admin", nil), ("GET", "/", 6), ("GET", "/dir", nil), ("GET", "/dir/", 7),
            ("GET", "/public/%2E%2E/admin", -1), ("GET", "/invoices/%40new", -1), ("PUT", "/invoices/%40new", 2),
        ] as [(String, String, Int?)]
    )
    func rule(method: String, path: String, expected: Int?) throws {
        let method = HTTPRequest.Method(rawValue: method) ?? .get
        guard expected != -1 else {
            #expect(throws: RequestPathError.self) { try index(method, path) }
            return
        }
        #expect(try index(method, path) == expected)
    }

    @Test("a match gives the placeholders' texts, decoded")
    func parameters() throws {
        let match = try #require(try Self.rules.get().match(.get, "/orgs/caf%C3%A9/x/a%40b"))
        #expect(match.parameters.map(\.name) == ["org", "id"])
        #expect(match.parameters.map(\.value) == ["café", "a@b"])
    }

    @Test("a path that the server's router could take for one of an earlier rule is refused")
    func readings() throws {
        let rules = RouteRules(
            try RouteRule("/admin", requires: .role("admin")),
            try RouteRule("/**", requires: .public)
        )
        #expect(try rules.match(.get, "/ADMIN")?.index == 1)
        #expect(try rules.match(.get, "/admin/")?.index == 1)
        for (path, reading) in [("/ADMIN", HostReading.ignoresCase), ("/admin/", .ignoresTrailingSlash)] {
            let error = #expect(throws: RequestPathError.self) { try rules.match(.get, path, readBy: reading) }
            #expect(error?.code == .otherRule)
            #expect(
                error?.description
                    == "an earlier rule is about this path but for a trailing slash or for upper and lower case, which the server's "
                    + "router ignores: send the path as that rule has it, or add a rule for this path before that rule [other-rule]"
            )
        }
        #expect(try rules.match(.get, "/other/", readBy: [.ignoresCase, .ignoresTrailingSlash])?.index == 1)
        let slash = RouteRules(
            try RouteRule("/dir/", requires: .public),
            try RouteRule("/**", requires: .authenticated)
        )
        #expect(throws: RequestPathError.self) { try slash.match(.get, "/dir", readBy: .ignoresTrailingSlash) }
        #expect(try slash.match(.get, "/", readBy: .ignoresTrailingSlash)?.index == 1)
    }

    @Test("rules that nobody can meet are told")
    func findings() throws {
        let rules = RouteRules(
            try RouteRule("/a/{id}", requires: .organization(inPath: "org")),
            try RouteRule("/b", methods: [.get], requires: .permission("a:*"))
        )
        let findings = rules.findings(by: try Fixture.authorizer.get())
        #expect(findings.map(\.code) == [.unknownPlaceholder, .invalidPermission])
        #expect(findings.map(\.route) == ["* /a/{id}", "GET /b"])
    }

    @Test(
        "a rule that an earlier rule leaves no request is told",
        arguments: [
            ("/pages/{page}", [], "/pages/secret", [], true), ("/pages/secret", [], "/pages/{page}", [], false),
            ("/**", [], "/a/b/**", [.get], true), ("/a/**", [], "/a", [], true), ("/a/**", [], "/a/", [], true),
            ("/a", [], "/a/", [], false), ("/a/*", [], "/a/**", [], false), ("/a/{x}/c", [], "/a/*/c", [], true),
            ("/a", [.get], "/a", [], false), ("/a", [.get], "/a", [.get, .head], true),
            ("/a", [.get], "/a", [.post], false),
            ("/a", [.get, .post], "/a", [.post], true), ("/a", [], "/A", [], false), ("/", [], "/", [], true),
        ] as [(String, Set<HTTPRequest.Method>, String, Set<HTTPRequest.Method>, Bool)]
    )
    func shadowed(
        first: String,
        methods: Set<HTTPRequest.Method>,
        second: String,
        others: Set<HTTPRequest.Method>,
        isShadowed: Bool
    ) throws {
        let rules = RouteRules(
            try RouteRule(first, methods: methods, requires: .public),
            try RouteRule(second, methods: others, requires: .authenticated)
        )
        let findings = rules.findings(by: try Fixture.authorizer.get())
        #expect(findings.map(\.code) == (isShadowed ? [.shadowedRule] : []))
        #expect(findings.allSatisfy { $0.route == rules.rules[1].description })
    }
}
