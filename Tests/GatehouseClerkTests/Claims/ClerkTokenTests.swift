import GatehouseBase
import GatehouseClerk
import GatehouseTesting
import Testing

@Suite("The contents of Clerk's tokens")
struct ClerkTokenTests {
    static var full: ClerkClaims {
        var claims = ClerkClaims(
            organization: .init(permissions: [("invoices", ["read", "void"]), ("reports", ["read"])])
        )
        claims.status = "active"
        claims.plans = ["o:pro"]
        claims.factorAges = [3, -1]
        return claims
    }

    @Test("a token prints as the contract says, member by member")
    func json() throws {
        let minute = Fixture.now.advanced(by: .seconds(60))
        for claims in [Self.full.version1(at: Fixture.now), Self.full.version2(at: Fixture.now)] {
            #expect(
                try Fixture.token(claims).json.description
                    == #"{"valid":true,"subject":"user_1","session":"sess_1","organization":{"id":"org_1","slug":"acme","#
                    + #""role":"org:admin","permissions":["org:invoices:read","org:invoices:void","org:reports:read"]},"#
                    + #""features":["o:invoices","o:reports"],"plans":["o:pro"],"actor":null,"factorAges":[3,-1],"#
                    + #""status":"active","expiresAt":"\#(minute)"}"#
            )
        }
        #expect(
            try Fixture.token(TokenMinter.claims(subject: "user_1", at: Fixture.now)).json.description
                == #"{"valid":true,"subject":"user_1","session":null,"organization":null,"features":[],"plans":[],"#
                + #""actor":null,"factorAges":null,"status":null,"expiresAt":"\#(minute)"}"#
        )
    }

    @Test("a token becomes a principal")
    func principal() throws {
        var claims = Self.full
        claims.actor = ["sub": "user_admin"]
        let principal = try Fixture.token(claims.version2(at: Fixture.now)).principal
        #expect(principal.id == "user_1")
        #expect(principal.kind == .user)
        #expect(principal.issuer == "https://clerk.example.com")
        #expect(principal.organization == Principal.Organization("org_1", slug: "acme"))
        #expect(principal.roles == ["org:admin"])
        #expect(principal.permissions == ["org:invoices:read", "org:invoices:void", "org:reports:read"])
        #expect(principal.features == ["o:invoices", "o:reports"])
        #expect(principal.plans == ["o:pro"])
        #expect(principal.factorAges == Principal.FactorAges(first: 3, second: nil))
        #expect(principal.actor == ["sub": "user_admin"])
        #expect(principal.tokenKind == .session)
        #expect(principal.session == Principal.Session(id: "sess_1", status: "active"))
        #expect(principal.attributes == [:])
    }

    @Test("claims of the dashboard are attributes, and Clerk's own are not")
    func attributes() throws {
        let token = try Fixture.session([
            "plan_hint": "gold", "nested": ["a": [1]], "azp": "https://app", "org_id": "org_1",
        ])
        #expect(token.principal.attributes == ["plan_hint": "gold", "nested": ["a": [1]]])
    }

    @Test(
        "a role has exactly one leading org:",
        arguments: [
            ("admin", "org:admin"), ("org:admin", "org:admin"), ("org:org:admin", "org:admin"), ("org:", nil),
            ("", nil),
            ("ORG:admin", "org:ORG:admin"), ("organizer", "org:organizer"), (1, nil), (nil, nil),
        ] as [(JSONValue, String?)]
    )
    func role(claim: JSONValue, role: String?) throws {
        let version1 = try Fixture.session(["org_id": "org_1", "org_role": claim == .null ? [] : claim])
        let version2 = try Fixture.session(["v": 2, "o": ["id": "org_1", "rol": claim]])
        #expect(version1.organization?.role == role)
        #expect(version1.organization == version2.organization)
        #expect(version1.principal.roles.map(\.role) == (role.map { [$0] } ?? []))
    }

    @Test(
        "only the number 2 is version 2",
        arguments: [
            (2, "org_2"), (.number(JSONNumber(2.0) ?? JSONNumber(2)), "org_2"), ("2", "org_1"), (1, "org_1"),
            (3, "org_1"), (true, "org_1"), ([2], "org_1"),
        ] as [(JSONValue, String)]
    )
    func version(claim: JSONValue, organization: String) throws {
        let token = try Fixture.session(["v": claim, "o": ["id": "org_2"], "org_id": "org_1"])
        #expect(token.organization?.id == organization)
    }

    @Test(
        "claims of another form count as absent, and refuse nothing",
        arguments: [
            ["v": 2, "o": "org_1"],
            ["v": 2, "o": ["rol": "admin", "per": "read", "fpm": "1"], "fea": "o:a"],
            ["v": 2, "o": ["id": "", "rol": "admin"]],
            ["v": 2, "o": ["id": 7]],
            ["v": 2, "org_id": "org_1", "org_role": "admin"],
            ["org_id": 7, "org_role": "org:admin", "org_permissions": ["org:a:read"]],
            ["org_role": "org:admin"],
            ["o": ["id": "org_1"]],
        ] as [JSONValue]
    )
    func noOrganization(claims: JSONValue) throws {
        let principal = try Fixture.session(claims).principal
        #expect(principal.organization == nil)
        #expect(principal.roles.isEmpty)
        #expect(principal.permissions.isEmpty)
    }

    @Test(
        "permissions of version 1 are a list of strings, or none",
        arguments: [
            (["org:a:read"], ["org:a:read"]), (["org:a:read", 1], []), ("org:a:read", []), ([:], []), ([], []),
        ] as [(JSONValue, [String])]
    )
    func version1Permissions(claim: JSONValue, permissions: [String]) throws {
        let token = try Fixture.session(["org_id": "org_1", "org_permissions": claim])
        #expect(token.organization?.permissions == permissions)
    }

    @Test(
        "factor ages are two whole numbers from -1",
        arguments: [
            ("[3,-1]", Principal.FactorAges(first: 3, second: nil)),
            ("[0,0]", Principal.FactorAges(first: 0, second: 0)),
            ("[2.0,1e1]", Principal.FactorAges(first: 2, second: 10)),
            ("[-1,-1]", Principal.FactorAges(first: nil, second: nil)),
            ("[1]", nil), ("[1,2,3]", nil), ("[-2,1]", nil), ("[\"1\",2]", nil), ("\"1,2\"", nil), ("[1,true]", nil),
            ("[1.5,1]", nil), ("[1e300,1]", nil), ("{\"a\":1,\"b\":2}", nil), ("null", nil),
        ] as [(String, Principal.FactorAges?)]
    )
    func factorAges(claim: String, ages: Principal.FactorAges?) throws {
        let claim = JSONValue(try JSONDocument(parsing: Array("[\(claim)]".utf8)).root)
        guard case .array(let elements) = claim else { return }
        let claims: JSONValue = .object([JSONMember("fva", elements[0])])
        #expect(try Fixture.session(claims).factorAges == ages)
    }

    @Test("well-formed features, plans and actors are kept")
    func others() throws {
        let token = try Fixture.session(["fea": "o:a, u:b,bad,,o:", "pla": 1, "act": "someone"])
        #expect(token.features == ["o:a", "u:b"])
        #expect(token.plans.isEmpty)
        #expect(token.actor == nil)
        #expect(try Fixture.session(["act": ["sub": "x"]]).actor == ["sub": "x"])
    }

    @Test(
        "a machine token gives no organization, since its creator chooses its claims",
        arguments: [("mch_1", ["typ": "JWT"], .m2m, .machine), ("user_1", ["typ": "at+jwt"], .oauth, .user)]
            as [(String, JSONValue, ClerkTokenKind, Principal.Kind)]
    )
    func machines(subject: String, type: JSONValue, kind: ClerkTokenKind, bearer: Principal.Kind) throws {
        let claims = TokenMinter.claims(
            subject: subject,
            at: Fixture.now,
            adding: [
                "org_id": "org_1", "org_role": "org:admin", "org_permissions": ["org:a:read"], "fea": "o:a",
                "fva": [0, 0],
                "sid": "sess_1", "scopes": "mch_2",
            ]
        )
        let header: JSONValue = ["alg": "RS256", "kid": "test-key", "typ": type["typ"] ?? .null]
        let token = try Fixture.token(claims, header: header)
        let principal = token.principal
        #expect(token.kind == kind)
        #expect(principal.kind == bearer)
        #expect(principal.organization == nil && principal.roles.isEmpty && principal.permissions.isEmpty)
        #expect(principal.features.isEmpty && principal.factorAges == nil && principal.session == nil)
        #expect(principal.scopes == (kind == .m2m ? ["mch_2"] : []) && principal.attributes == [:])
    }
}
