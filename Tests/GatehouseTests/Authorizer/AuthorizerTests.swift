@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import Testing

@Suite("An authorizer weighs the credential's permissions and the policy as it is told to")
struct AuthorizerTests {
    private static let policy = Policy {
        Role("member") { Grants("read") }
        Role("lead") { Inherits("member") }
        Role("barred") { Denies("read", "carried") }
    }

    @Test(
        "a check counts the token, the roles or both, as the authorizer is told",
        arguments: [
            // permission, carried by the credential, role, allowed under token, roles, both
            ("read", false, "member", false, true, true),
            ("read", true, "", true, false, true),
            ("read", true, "barred", true, false, false),
            ("carried", true, "member", true, false, true),
            ("carried", true, "barred", true, false, false),
            ("other", false, "member", false, false, false),
        ] as [(String, Bool, String, Bool, Bool, Bool)]
    )
    func sources(permission: String, isCarried: Bool, role: String, token: Bool, roles: Bool, both: Bool) async throws {
        let engine = try PolicyEngine(Self.policy)
        let principal = Principal(
            "x",
            roles: role.isEmpty ? [] : [RoleAssignment(role)],
            permissions: isCarried ? [permission] : []
        )
        let expected: [Authorizer.PermissionSource: Bool] = [.token: token, .roles: roles, .both: both]
        for (source, isAllowed) in expected {
            let authorizer = Authorizer(engine: engine, permissionSource: source)
            let permission = try Permission(validating: permission)
            #expect(try await authorizer.isAllowed(permission, for: principal) == isAllowed)
            let resolved = try await authorizer.resolve(principal)
            #expect(authorizer.cachedAnswer(permission, for: resolved) == isAllowed)
        }
    }

    @Test("a check by ids brings no credential: the policy decides it", arguments: Authorizer.PermissionSource.allCases)
    func byIDs(source: Authorizer.PermissionSource) async throws {
        let authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            permissionSource: source,
            memberships: InMemoryMemberships([Member("x", in: "o", issuer: ""): ["member"]]),
            issuer: ""
        )
        #expect(try await authorizer.isAllowed(organization: "o", user: "x", permission: "read"))
        #expect(try await !authorizer.isAllowed(organization: "o", user: "x", permission: "other"))
        #expect(authorizer.cachedAnswer(organization: "o", user: "x", permission: "read") == true)
    }

    @Test(
        "ids and a principal of one user get one answer, if the authorizer knows the issuer of ids",
        arguments: [nil, "", "https://i"]
    )
    func oneAnswer(issuer: String?) async throws {
        let (issued, unissued) = (Member("u", in: "o", issuer: "https://i"), Member("u", in: "o", issuer: ""))
        let store = InMemoryMemberships([issued: ["member"]])
        let authorizer = Authorizer(engine: try PolicyEngine(Self.policy), memberships: store, issuer: issuer)
        func byIDs() async throws -> Bool {
            let answer = try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
            #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == answer)
            return answer
        }
        #expect(try await authorizer.isAllowed("read", for: Principal(issued)))
        #expect(try await !authorizer.isAllowed("read", for: Principal(unissued)))
        guard let issuer else {
            let error = await #expect(throws: AuthorizerError.self) { try await byIDs() }
            #expect(error?.code == .noIssuer && error?.description.contains("“issuer”") == true)
            #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == nil)
            return
        }
        #expect(try await byIDs() == authorizer.isAllowed("read", for: Principal(Member("u", in: "o", issuer: issuer))))
    }

    @Test("a role's pattern denies a permission of the credential, though the policy does not name it")
    func deniedByPattern() async throws {
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy(roles: [Role("barred", denies: ["a:**"])])),
            permissionSource: .both
        )
        let principal = Principal("x", roles: ["barred"], permissions: ["a:b", "b"])
        #expect(try await !authorizer.isAllowed("a:b", for: principal))
        #expect(try await authorizer.isAllowed("b", for: principal))
    }

    @Test("a credential's permission counts by bytes")
    func bytes() async throws {
        let principal = Principal("x", permissions: ["\u{212A}"])
        #expect(try await !Authorizer.makeTokenAuthorizer().isAllowed("K", for: principal))
    }

    @Test("a role counts by inheritance, but not where the credential decides alone")
    func roles() async throws {
        let engine = try PolicyEngine(Self.policy)
        let lead = Principal("x", roles: ["lead"])
        for (source, isMember) in [(Authorizer.PermissionSource.roles, true), (.both, true), (.token, false)] {
            let context = Requirement.Context(
                principal: lead,
                authorizer: Authorizer(engine: engine, permissionSource: source)
            )
            #expect(await (Requirement.role("member").evaluate(context) == .allowed) == isMember)
            #expect(await Requirement.role("lead").evaluate(context) == .allowed)
        }
    }

    @Test("a membership source that fails makes a requirement unavailable")
    func unavailable() async throws {
        let source = ScriptedMemberships(failing: MembershipSourceError("down"))
        let authorizer = Authorizer(engine: try PolicyEngine(Self.policy), memberships: source, issuer: "")
        let context = Requirement.Context(principal: Principal("x"), authorizer: authorizer)
        for requirement: Requirement in [.permission("read"), .role("member"), .not(.role("member"))] {
            guard case .unavailable = await requirement.evaluate(context) else {
                Issue.record("\(requirement) was decided")
                continue
            }
        }
    }

    private let leads = ScriptedMemberships(["lead", "barred"])

    @Test("a session has its active roles alone, also where all roles are remembered", arguments: [true, false])
    func sessions(isLoaded: Bool) async throws {
        let engine = try PolicyEngine(Self.policy)
        let authorizer = Authorizer(engine: engine, memberships: isLoaded ? leads : SessionClaims(), issuer: "")
        var principal = Principal("x", roles: ["lead", "barred"])
        #expect(try await !authorizer.isAllowed("read", for: principal))
        principal.activeRoles = ["member", "unheld"]
        #expect(try await authorizer.isAllowed("read", for: principal))
        let context = Requirement.Context(principal: principal, authorizer: authorizer)
        #expect(await Requirement.role("member").evaluate(context) == .allowed)
        #expect(await Requirement.role("lead").evaluate(context) != .allowed)
        principal.activeRoles = []
        #expect(try await !authorizer.isAllowed("read", for: principal))
    }

    @Test("conditions see the request's values and the asking principal's attributes, not remembered values")
    func conditions() async throws {
        let engine = try PolicyEngine(
            Policy {
                Role("lead")
                Role("barred")
                Rule(
                    "own",
                    .allow,
                    "edit",
                    to: "lead",
                    when: .all(
                        .equals("$resource.owner", "$principal.id"),
                        .equals("$principal.attributes.team", "$context.team")
                    )
                )
            }
        )
        let authorizer = Authorizer(engine: engine, memberships: leads, issuer: "")
        let document = Resource(type: "doc", id: "1", attributes: ["owner": "x"])
        for (team, isAllowed) in [("red", true), ("blue", false), ("red", true)] {
            let context = Requirement.Context(
                principal: Principal("x", attributes: ["team": .string(team)]),
                resource: document,
                context: ["team": "red"],
                authorizer: authorizer
            )
            #expect(await (Requirement.permission("edit").evaluate(context) == .allowed) == isAllowed)
        }
        #expect(try await !authorizer.isAllowed("edit", for: Principal("x", attributes: ["team": "red"])))
    }

    @Test("a role that the policy lacks is not assigned, but may be taken away; a policy without roles knows of none")
    func unknownRole() async throws {
        let store = InMemoryMemberships()
        let member = Member("u", in: "o", issuer: "")
        let authorizer = Authorizer(engine: try PolicyEngine(Self.policy), memberships: store, issuer: "")
        let error = await #expect(throws: AuthorizerError.self) { try await authorizer.assign("membr", to: member) }
        #expect(error?.code == .unknownRole)
        #expect(
            error?.description
                == "the role was not assigned: the role “membr” is not defined; did you mean “member”?"
        )
        #expect(store.membership(of: member)?.roles.isEmpty != false)
        try await authorizer.assign("member", to: member)
        try await authorizer.remove(role: "membr", from: member)
        #expect(store.membership(of: member)?.roles == ["member"])
        let empty = Authorizer(engine: try PolicyEngine(Policy()), memberships: store, issuer: "")
        try await empty.assign("any", to: member)
        #expect(store.membership(of: member)?.roles == ["member", "any"])
    }
}
