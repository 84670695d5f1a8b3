@_spi(Benchmarks) import Gatehouse
import GatehouseBase
import GatehouseTesting
import Synchronization
import Testing

/// Advisories and reports of 2026 about other engines, each as the test that it comes to here.
@Suite("Bugs in the caches of other engines in 2026", .timeLimit(.minutes(10)))
struct AdvisoryTests {
    private let source = ScriptedMemberships(["reader"])
    private let fixture: CacheFixture
    private var authorizer: Authorizer { fixture.authorizer }

    init() throws { fixture = try CacheFixture(source: source) }

    /// Who leads may edit what is of the team that the circumstances name.
    private static let conditional = Policy {
        Role("lead")
        Rule("team", .allow, "edit", to: "lead", when: .equals("$context.team", "$resource.team"))
        Rule("owner", .allow, "close", to: "lead", when: .equals("$principal.attributes.team", "$context.team"))
    }

    // MARK: - What an answer depends on

    @Test("OpenFGA CVE-2026-33729: a condition is evaluated with the values of each check, not with another's")
    func conditionInputs() async throws {
        source.answer(["lead"])
        authorizer.policy.replace(with: try PolicyEngine(Self.conditional))
        let document = Resource(type: "doc", id: "1", attributes: ["team": "red"])
        for (team, isAllowed) in [("red", true), ("blue", false), ("red", true), (nil, false)] {
            let context: JSONValue = team.map { ["team": .string($0)] } ?? [:]
            let byIDs = try await authorizer.isAllowed(
                organization: "o",
                user: "u",
                permission: "edit",
                on: document,
                context: context
            )
            #expect(byIDs == isAllowed)
            let principal = Principal(CacheFixture.everybody[0])
            #expect(try await authorizer.isAllowed("edit", for: principal, on: document, context: context) == isAllowed)
            // At hand is only what asks for nothing in particular.
            #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "edit") == false)
            var attributed = principal
            attributed.attributes = ["team": "red"]
            #expect(try await authorizer.isAllowed("close", for: attributed, context: context) == isAllowed)
            #expect(try await !authorizer.isAllowed("close", for: principal, context: context))
        }
        #expect(source.loads == 1)
    }

    @Test(
        "OpenFGA CVE-2026-34972: a question that a batch asks twice, with the same or other inputs, is answered each time"
    )
    func batch() throws {
        let engine = try PolicyEngine(Self.conditional)
        let lead = Principal("u", roles: ["lead"])
        let teams = ["red", "blue", "red", "red", "blue", "blue"]
        let checks = teams.map { team in
            AccessCheck(
                "edit",
                by: lead,
                on: Resource(type: "doc", id: "1", attributes: ["team": "red"]),
                context: ["team": .string(team)],
                at: fixture.clock.now
            )
        }
        let decisions = engine.decide(checks)
        #expect(decisions.map(\.isAllowed) == teams.map { $0 == "red" })
        #expect(decisions == checks.map { engine.decide($0) })
    }

    /// Two who are one only to whoever compares without case, or by canonical equivalence.
    private static let lookalikes = [
        ("alice", "Alice"), ("stra\u{DF}e", "STRASSE"), ("K", "\u{212A}"), ("\u{E9}", "e\u{301}"), ("i", "\u{130}"),
        (String(repeating: "x", count: 40), String(repeating: "x", count: 39) + "X"),
    ]

    @Test(
        "OpenFGA CVE-2026-55170: ids that differ in case or Unicode form are of different users, organizations, issuers",
        arguments: lookalikes
    )
    func lookalikeIDs(one: String, other: String) async throws {
        let members = [
            (Member(one, in: "o", issuer: "i"), Member(other, in: "o", issuer: "i")),
            (Member("u", in: one, issuer: "i"), Member("u", in: other, issuer: "i")),
            (Member("u", in: "o", issuer: one), Member("u", in: "o", issuer: other)),
        ]
        for (one, other) in members {
            let store = InMemoryMemberships([one: ["reader"]])
            let authorizer = try CacheFixture(source: store).authorizer
            func check(_ member: Member) async throws -> Bool {
                try await authorizer.isAllowed("read", for: Principal(member))
            }
            #expect(try await check(one))
            #expect(try await !check(other))
            #expect(try await check(one))
            // An invalidation of the one leaves the other alone.
            let resolved = [
                try await authorizer.resolve(Principal(one)), try await authorizer.resolve(Principal(other)),
            ]
            authorizer.applyLocally(Invalidation(.member(other)))
            #expect(resolved.map { authorizer.cachedAnswer("read", for: $0) } == [true, nil])
        }
    }

    @Test(
        "OpenFGA CVE-2026-55170: names that differ in case or Unicode form are of different roles",
        arguments: [("reader", "Reader"), ("K", "\u{212A}"), ("e", "e\u{301}"), ("ss", "\u{DF}")]
    )
    func lookalikeRoles(one: String, other: String) async throws {
        authorizer.policy.replace(with: try PolicyEngine(Policy(roles: [Role(one, grants: ["read"])])))
        source.answer([RoleAssignment(other)])
        #expect(try await !fixture.load("u"))
        source.answer([RoleAssignment(one)])
        #expect(try await fixture.load("v"))
        #expect(fixture.authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == false)
        authorizer.applyLocally(Invalidation(.role(other)))
        #expect(fixture.isRemembered("v") && !fixture.isRemembered("u"))
    }

    /// The inputs of an answer, of which each case changes one.
    enum Input: CaseIterable {
        case issuer, noOrganization, emptyOrganization, organization, user, credential, activeRoles
    }

    @Test(
        "OpenFGA #3148, SpiceDB GHSA-4vrg-r928-h5vv: every dependency of an answer tells it from another",
        arguments: Input.allCases
    )
    func inputs(input: Input) async throws {
        let store = InMemoryMemberships([CacheFixture.everybody[0]: ["reader"]])
        let authorizer = Authorizer(
            engine: try PolicyEngine(CacheFixture.policy),
            memberships: Both(store: store),
            issuer: CacheFixture.issuer
        )
        let principal = Principal(CacheFixture.everybody[0])
        var (other, isAllowed) = (principal, false)
        switch input {
        case .issuer: other.issuer = "https://other"
        case .noOrganization: other.organization = nil
        case .emptyOrganization: other.organization = Principal.Organization("")
        case .organization: other.organization = Principal.Organization("p")
        case .user: other.id = "v"
        case .credential:
            // Its own role counts for it alone.
            other.id = "v"
            other.roles = ["reader"]
            isAllowed = true
        case .activeRoles: other.activeRoles = []
        }
        for _ in 0..<2 {
            #expect(try await authorizer.isAllowed("read", for: principal))
            #expect(try await authorizer.isAllowed("read", for: other) == isAllowed)
            let resolved = (try await authorizer.resolve(principal), try await authorizer.resolve(other))
            #expect(authorizer.cachedAnswer("read", for: resolved.0) == true)
            #expect(authorizer.cachedAnswer("read", for: resolved.1) == isAllowed)
        }
        other.roles = []
        if input == .credential { #expect(try await !authorizer.isAllowed("read", for: other)) }
    }

    /// The roles that a credential claims, and a store beside them.
    private struct Both: MembershipSource {
        let store: InMemoryMemberships

        func membership(of member: Member) -> Membership? { store.membership(of: member) }

        func claimed(by principal: Principal) -> ClaimedRoles {
            ClaimedRoles(roles: principal.roles, isComplete: false)
        }
    }

    @Test("OpenFGA #3148, SpiceDB GHSA-4vrg-r928-h5vv: an answer of a policy is no answer of the next")
    func policyIsAnInput() async throws {
        #expect(try await fixture.load("u"))
        let resolved = try await fixture.resolve(CacheFixture.everybody[0])
        authorizer.policy.replace(with: try PolicyEngine(Policy { Role("reader") { Denies("read") } }))
        #expect(authorizer.cachedAnswer("read", for: resolved) == nil)
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == false)
        #expect(try await !fixture.load("u"))
        #expect(source.loads == 1)
    }

    @Test("SpiceDB #3174: a decision and an explanation show their own check's values, whatever is remembered")
    func explanations() async throws {
        #expect(try await fixture.load("u"))
        let asked = Principal(CacheFixture.everybody[0])  // brings no role
        let check = AccessCheck("read", by: asked, at: fixture.clock.now)
        let explanation = authorizer.engine.explain(check)
        #expect(!explanation.decision.isAllowed && explanation.nearMisses.contains(.role("reader")))
        #expect(authorizer.engine.decide(check) == explanation.decision)
        // Nor do they leave anything behind.
        #expect(fixture.authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == true)
        let statistics = authorizer.cache.statistics
        _ = authorizer.engine.explain(AccessCheck("read", by: Principal("w", roles: ["reader"]), at: fixture.clock.now))
        #expect(authorizer.cache.statistics == statistics && !fixture.isRemembered("w"))
    }

    // MARK: - Loads

    @Test(
        "OpenFGA #3155: roles read before a write are neither used nor remembered after its invalidation",
        arguments: [true, false]
    )
    func raceWithWrite(grants: Bool) async throws {
        source.answer { [authorizer] _, number in
            guard number == 0 else { return grants ? ["reader"] : [] }
            // The write comes once the load has read.
            authorizer.applyLocally(Invalidation(.member(CacheFixture.everybody[0])))
            return grants ? [] : ["reader"]
        }
        #expect(try await fixture.load("u") == grants)
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == grants)
        #expect(source.loads == 2)
    }

    /// A source whose first load goes on until it is cancelled, and then says that nobody is a member.
    private static func stuckSource() -> ScriptedMemberships {
        ScriptedMemberships { _, number in
            guard number == 0 else { return ["reader"] }
            let (never, _) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}
            return []
        }
    }

    @Test("OpenFGA #3125: an answer of a source that was told to stop is not remembered as no")
    func cancelledWork() async throws {
        let source = Self.stuckSource()
        let fixture = try CacheFixture(source: source)
        let caller = Task { try await fixture.load("u") }
        try await eventually(equals: 1) { source.loads }
        caller.cancel()
        let error = await #expect(throws: AuthorizerError.self) { try await caller.value }
        #expect(error?.code == .cancelled)
        try await eventually(equals: 0) { fixture.authorizer.cache.statistics.inFlight }
        #expect(fixture.authorizer.cache.count == 0)
        #expect(try await fixture.load("u"))
    }

    /// How a load that is stuck comes to its end.
    enum End: CaseIterable {
        case cancellation, invalidation
    }

    @Test(
        "SpiceDB #3142: a stuck load holds up nobody else, and its callers are answered once it is given up",
        arguments: End.allCases
    )
    func stuckLoad(end: End) async throws {
        let source = Self.stuckSource()
        let fixture = try CacheFixture(source: source)
        let cache = fixture.authorizer.cache
        let first = Task { try await fixture.load("u") }
        try await eventually(equals: 1) { source.loads }
        for user in ["v", "w"] { #expect(try await fixture.load(user)) }
        switch end {
        case .cancellation:
            first.cancel()
            await #expect(throws: AuthorizerError.self) { try await first.value }
            #expect(try await fixture.load("u"))
        case .invalidation:
            let second = Task { try await fixture.load("u") }
            try await eventually(equals: 4) { cache.statistics.misses }
            fixture.authorizer.applyLocally(Invalidation(.member(CacheFixture.everybody[0])))
            for check in [first, second] { #expect(try await check.value) }
        }
        #expect(source.loads == 4 && cache.statistics.inFlight == 0)
    }
}
