@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import Testing

@Suite("A delegated credential may do what both its user and one of its scopes may")
struct DelegatedCredentialTests {
    private static let issuer = "https://issuer"
    private static let noon = Timestamp(clampingSecondsSinceEpoch: 1_800_000_000)
    private let clock = ManualClock(noon)

    /// Everything by which a user can come to hold something.
    private static let policy = Policy {
        Role("admin") { Grants("**") }
        Role("suspended") { Denies("docs:write") }
        Rule("everybody", .allow, "docs:list", to: "*")
        Rule("owners", .allow, "docs:own", to: "*", when: .equals("$resource.owner", "$principal.id"))
        Assignment("admin", to: "assigned")
    }

    private static let scopes: ScopeMap = [
        "docs.read": ["docs:read", "docs:list"], "docs": ["docs:*"], "nothing": [], "docs.own": ["docs:own"],
    ]

    private static func principal(
        _ id: String = "user",
        _ kind: Principal.TokenKind? = .oauth,
        scopes: [String] = [],
        roles: [RoleAssignment] = []
    ) -> Principal {
        Principal(id, issuer: issuer, roles: roles, permissions: ["docs:read"], tokenKind: kind, scopes: scopes)
    }

    private func authorizer(
        _ memberships: any MembershipSource = SessionClaims(),
        permissionSource: Authorizer.PermissionSource = .roles,
        scopes: ScopeMap = scopes
    ) throws -> Authorizer {
        Authorizer(
            engine: try PolicyEngine(Self.policy),
            permissionSource: permissionSource,
            scopes: scopes,
            memberships: memberships,
            issuer: Self.issuer,
            cache: try PermissionCache(.init(clock: clock.monotonic)),
            clock: clock.wall
        )
    }

    /// One user, by each way in which it is an administrator.
    private enum RoleSource: CaseIterable { case byToken, byLoad, byAssignment, byTokenAlone }

    private func administrator(_ holding: RoleSource, scopes: [String], _ kind: Principal.TokenKind? = .oauth) throws
        -> (Authorizer, Principal)
    {
        let member = Member("user", in: nil, issuer: Self.issuer)
        return switch holding {
        case .byToken: (try authorizer(), Self.principal("user", kind, scopes: scopes, roles: ["admin"]))
        case .byLoad:
            (try authorizer(InMemoryMemberships([member: ["admin"]])), Self.principal("user", kind, scopes: scopes))
        case .byAssignment: (try authorizer(), Self.principal("assigned", kind, scopes: scopes))
        case .byTokenAlone:
            (try authorizer(permissionSource: .token), Self.principal("user", kind, scopes: scopes, roles: ["admin"]))
        }
    }

    /// Every way to ask, which must all say the same.
    private func answers(_ authorizer: Authorizer, _ permission: Permission, _ principal: Principal) async throws
        -> [Bool]
    {
        let context = Requirement.Context(principal: principal, authorizer: authorizer)
        let resolved = try await authorizer.resolve(principal)
        return [
            try await authorizer.isAllowed(permission, for: principal),
            authorizer.cachedAnswer(permission, for: resolved) == true,
            await Requirement.permission(permission).evaluate(context) == .allowed,
        ]
    }

    @Test("an administrator's token without a matching scope does nothing", arguments: RoleSource.allCases)
    private func unmapped(holding: RoleSource) async throws {
        for scopes in [[], ["profile"], ["profile", "email"], ["DOCS"], ["docs "], ["nothing"]] {
            let (authorizer, principal) = try administrator(holding, scopes: scopes)
            for permission: Permission in ["docs:read", "docs:list", "users:delete"] {
                #expect(try await answers(authorizer, permission, principal) == [false, false, false], "\(scopes)")
            }
            let context = Requirement.Context(principal: principal, authorizer: authorizer)
            #expect(await Requirement.role("admin").evaluate(context) != .allowed)
            #expect(authorizer.engine.permissions(of: principal, at: clock.now).isEmpty)
            #expect(authorizer.engine.authorizedRoles(of: principal, at: clock.now).isEmpty)
            let check = AccessCheck("docs:list", by: principal, at: clock.now)
            #expect(authorizer.engine.decide(check).reasons == [.scope] && !authorizer.engine.allows(check))
            #expect(authorizer.engine.explain(check).nearMisses.isEmpty)
            #expect(!authorizer.engine.resolve(principal).allows("docs:list", at: clock.now))
        }
    }

    @Test("a scope gives those of its permissions that the user holds, and no others", arguments: RoleSource.allCases)
    private func mapped(holding: RoleSource) async throws {
        let (authorizer, principal) = try administrator(holding, scopes: ["profile", "docs.read"])
        #expect(try await answers(authorizer, "docs:read", principal) == [true, true, true])
        #expect(try await answers(authorizer, "docs:write", principal) == [false, false, false])
        #expect(try await answers(authorizer, "users:delete", principal) == [false, false, false])
        #expect(!(try await authorizer.resolve(principal).principal.holds(role: "admin", at: clock.now)))
    }

    @Test("a scope gives nothing that the user does not hold")
    func user() async throws {
        let authorizer = try authorizer()
        let principal = Self.principal(scopes: ["docs"])
        #expect(try await answers(authorizer, "docs:write", principal) == [false, false, false])
        #expect(try await answers(authorizer, "docs:list", principal) == [true, true, true], "a rule for everybody")
        let suspended = Self.principal(scopes: ["docs"], roles: ["admin", "suspended"])
        #expect(try await answers(authorizer, "docs:read", suspended) == [true, true, true])
        #expect(try await answers(authorizer, "docs:write", suspended) == [false, false, false])
    }

    @Test("conditions count for a delegated credential as for its user")
    func conditions() async throws {
        let authorizer = try authorizer()
        let document = Resource(type: "doc", id: "1", attributes: ["owner": "user"])
        let owner = Self.principal(scopes: ["docs.own"])
        #expect(try await authorizer.isAllowed("docs:own", for: owner, on: document))
        #expect(try await !authorizer.isAllowed("docs:own", for: Self.principal(scopes: []), on: document))
        #expect(
            try await !authorizer.isAllowed("docs:own", for: Self.principal("x", scopes: ["docs.own"]), on: document)
        )
    }

    @Test(
        "OAuth tokens and users' API keys are delegated, and no other credentials",
        arguments: Principal.TokenKind.allCases.map(Optional.some) + [nil],
        [Principal.Kind.user, .machine, .service]
    )
    func kinds(tokenKind: Principal.TokenKind?, kind: Principal.Kind) async throws {
        let principal = Principal("user", kind: kind, issuer: Self.issuer, roles: ["admin"], tokenKind: tokenKind)
        let isDelegated = tokenKind == .oauth || (tokenKind == .apiKey && kind == .user)
        #expect(principal.isDelegated == isDelegated)
        #expect(try await authorizer().isAllowed("docs:read", for: principal) == !isDelegated)
    }

    @Test("a negated role or permission is that of the user, so that a missing scope opens nothing")
    func negation() async throws {
        let authorizer = try authorizer()
        func outcome(_ requirement: Requirement, _ principal: Principal) async -> Bool {
            await requirement.evaluate(Requirement.Context(principal: principal, authorizer: authorizer)) == .allowed
        }
        let suspended = Self.principal(scopes: ["docs"], roles: ["admin", "suspended"])
        let administrator = Self.principal(scopes: ["docs"], roles: ["admin"])
        let unmapped = Self.principal(scopes: ["profile"], roles: ["suspended", "admin"])
        for (requirement, principal, isAllowed) in [
            (.not(.role("suspended")), suspended, false), (.not(.role("suspended")), administrator, true),
            (.not(.role("suspended")), unmapped, false), (.not(.not(.role("admin"))), administrator, false),
            (.not(.permission("users:delete")), administrator, false),
            (.not(.permission("users:delete")), unmapped, false),
            (.not(.anyOf(.role("suspended"), .role("other"))), suspended, false),
            (.not(.allOf(.not(.role("suspended")), .role("admin"))), suspended, false),
            (.allOf(.permission("docs:read"), .not(.role("suspended"))), suspended, false),
            (.allOf(.permission("docs:read"), .not(.role("suspended"))), administrator, true),
        ] as [(Requirement, Principal, Bool)] {
            #expect(await outcome(requirement, principal) == isAllowed, "\(requirement) of \(principal)")
        }
    }

    @Test("a negated closure is asked about the credential and its user, so that a missing scope opens nothing")
    func negatedClosures() async throws {
        let authorizer = try authorizer()
        let mayNotWrite: Requirement = .not(
            .custom("write") { context in
                guard let principal = context.principal else { return .unauthenticated }
                let mayWrite = try? await context.authorizer.isAllowed("docs:write", for: principal)
                return mayWrite == true ? .allowed : .refused("no")
            }
        )
        let isNoOAuth: Requirement = .not(
            .custom("kind") { $0.principal?.tokenKind == .oauth ? .allowed : .refused("another kind") }
        )
        for (requirement, kind, roles, isAllowed) in [
            (mayNotWrite, .oauth, ["admin"], false), (mayNotWrite, .session, ["admin"], false),
            (mayNotWrite, .oauth, [], true), (mayNotWrite, .session, [], true),
            (isNoOAuth, .oauth, [], false), (isNoOAuth, .apiKey, [], true), (isNoOAuth, .session, [], true),
            (.not(.not(mayNotWrite)), .oauth, ["admin"], false),
        ] as [(Requirement, Principal.TokenKind, [RoleAssignment], Bool)] {
            let principal = Self.principal("user", kind, scopes: ["docs.read"], roles: roles)
            let outcome = await requirement.evaluate(Requirement.Context(principal: principal, authorizer: authorizer))
            #expect((outcome == .allowed) == isAllowed, "\(requirement) of \(kind) with \(roles)")
        }
    }

    @Test("a delegated credential hands out no role, whatever its scopes stand for")
    func granting() async throws {
        let authorizer = try authorizer(scopes: ["all": ["**"]])
        let resolved = try await authorizer.resolve(Self.principal(scopes: ["all"], roles: ["admin"]))
        #expect(authorizer.cachedAnswer("users:delete", for: resolved) == true)
        let engine = authorizer.engine
        #expect(
            !engine.canGrant("admin", by: Self.principal(scopes: ["all"], roles: ["admin"]), at: clock.now).isAllowed
        )
        #expect(
            engine.canGrant("admin", by: Self.principal("user", .session, roles: ["admin"]), at: clock.now).isAllowed
        )
    }

    @Test("no roles are loaded for a permission that no scope stands for")
    func loads() async throws {
        let source = InMemoryMemberships([Member("user", in: nil, issuer: Self.issuer): ["admin"]])
        let authorizer = try authorizer(source)
        #expect(try await !authorizer.isAllowed("users:delete", for: Self.principal(scopes: ["docs"])))
        #expect(try await !authorizer.isAllowed("docs:read", for: Self.principal()))
        #expect(authorizer.cache.statistics.loads == 0)
        #expect(try await authorizer.isAllowed("docs:read", for: Self.principal(scopes: ["docs"])))
        #expect(authorizer.cache.statistics.loads == 1)
    }

    @Test("a check by ids brings no credential, and asks for the user")
    func ids() async throws {
        let member = Member("user", in: nil, issuer: Self.issuer)
        let authorizer = try authorizer(InMemoryMemberships([member: ["admin"]]))
        #expect(try await authorizer.isAllowed(organization: nil, user: "user", permission: "users:delete"))
        #expect(try await !authorizer.isAllowed("users:delete", for: Self.principal(scopes: ["docs"])))
    }

    @Test("a condition finds the claims that a credential's creator chose apart from the attributes")
    func claims() throws {
        let engine = try PolicyEngine(
            Policy {
                Rule("attribute", .allow, "a", to: "*", when: .equals("$principal.attributes.tier", "gold"))
                Rule("claim", .allow, "c", to: "*", when: .equals("$principal.claims.tier", "gold"))
            }
        )
        let machine = Principal("mch_1", kind: .machine, tokenKind: .m2m, claims: ["tier": "gold"])
        let member = Principal("user_1", attributes: ["tier": "gold"])
        for (permission, principal, isAllowed) in [
            ("a", machine, false), ("c", machine, true), ("a", member, true), ("c", member, false),
        ] as [(Permission, Principal, Bool)] {
            let check = AccessCheck(permission, by: principal, at: clock.now)
            #expect(engine.allows(check) == isAllowed && engine.decide(check).isAllowed == isAllowed)
        }
    }
}
