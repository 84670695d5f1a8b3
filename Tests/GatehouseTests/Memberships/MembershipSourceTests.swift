import Gatehouse
import GatehouseTesting
import Synchronization
import Testing

@Suite("Memberships come from any source, and are those that it gives", .timeLimit(.minutes(10)))
struct MembershipSourceTests {
    private static let issuer = "https://issuer"
    private static let alice = Member("alice", in: "org_1", issuer: issuer)
    private static let bob = Member("bob", in: nil, issuer: issuer)

    @Test("the store in memory conforms")
    func inMemory() async {
        #expect(await MembershipConformance.violations(of: InMemoryMemberships(), issuer: Self.issuer) == [])
        let store = InMemoryMemberships([Self.alice: ["admin"], Self.bob: ["member", "admin"]])
        let violations = await MembershipConformance.violations(
            of: store,
            expected: [Self.alice: ["admin"], Self.bob: ["member", "admin"]],
            strangers: [Member("carol", in: "org_1", issuer: Self.issuer)]
        )
        #expect(violations == [])
    }

    /// A store that does one thing wrong.
    private struct Careless: MembershipStore {
        enum Fault: CaseIterable {
            case trims, foldsRoles, forgetsResources, accumulates, keepsRemoved, runsBackwards, failsForStrangers,
                hidesGains, hidesLosses, hidesRemovals
        }

        let fault: Fault
        let store = InMemoryMemberships()

        func membership(of member: Member) throws -> Membership? {
            var member = member
            if fault == .trims, member.user.hasSuffix(" ") { member.user.removeLast() }
            let held = store.membership(of: member)
            if fault == .failsForStrangers, held?.roles.isEmpty != false { throw MembershipSourceError("who?") }
            return held
        }

        func assign(_ role: RoleAssignment, to member: Member) -> MembershipChange {
            let held = store.membership(of: member)?.roles ?? []
            var role = role
            if fault == .foldsRoles, role.role == "K" { role.role = "K" }
            if fault == .forgetsResources { role.resource = nil }
            if fault == .accumulates, held.contains(role) { role.role += "2" }
            var change = store.assign(role, to: member)
            if fault == .runsBackwards {
                change.revision = change.revision.map { MembershipRevision(.max - $0.number) }
            }
            if fault == .hidesLosses, change.effect == .lost { change.effect = .gained }
            if fault == .hidesGains, change.effect == .gained { change.effect = .none }
            return change
        }

        func remove(role: String, from member: Member) -> MembershipChange {
            if fault == .keepsRemoved { return store.remove(role: "another", from: member) }
            var change = store.remove(role: role, from: member)
            if fault == .hidesRemovals, change.effect == .lost { change.effect = .none }
            return change
        }
    }

    @Test("a store that does one thing wrong does not conform", arguments: Careless.Fault.allCases)
    private func careless(fault: Careless.Fault) async {
        #expect(await !MembershipConformance.violations(of: Careless(fault: fault), issuer: Self.issuer).isEmpty)
    }

    private struct Backend: MembershipBackend {
        var error: MembershipSourceError?

        func roles(of user: String, in organization: String) async throws -> [RoleAssignment] {
            if let error { throw error }
            // In an address of the API an empty id names the list of all.
            if user.isEmpty || organization.isEmpty { return ["admin"] }
            return user == "alice" && organization == "org_1" ? ["admin"] : []
        }
    }

    @Test("a backend is asked about the members of its issuer's organizations, and conforms")
    func backend() async throws {
        let source = BackendMemberships(Backend(), issuer: Self.issuer)
        let violations = await MembershipConformance.violations(
            of: source,
            expected: [Self.alice: ["admin"]],
            strangers: [Self.bob]
        )
        #expect(violations == [])
        #expect(try await source.membership(of: Member("alice", in: "org_1", issuer: "https://other")) == nil)
        #expect(try await source.membership(of: Self.bob) == [])
        #expect(source.staleness == .zero)
        let replica = BackendMemberships(Backend(), issuer: Self.issuer, staleness: .seconds(3))
        #expect(replica.staleness == .seconds(3))
    }

    private final class Directory: MembershipDirectory {
        let lagging: Duration
        init(lagging: Duration) { self.lagging = lagging }
        func membership(of member: Member) async throws -> Membership? {
            member == MembershipSourceTests.alice ? ["admin"] : []
        }
        func lag() async throws -> Duration { lagging }
    }

    @Test(
        "a directory answers while it keeps up, and fails otherwise",
        arguments: [(29, true), (30, true), (31, false)]
    )
    func directory(lag: Int, answers: Bool) async throws {
        let source = DirectoryMemberships(Directory(lagging: .seconds(lag)), maximumLag: .seconds(30))
        if answers {
            #expect(await MembershipConformance.violations(of: source, expected: [Self.alice: ["admin"]]) == [])
        } else {
            await #expect(throws: MembershipSourceError.self) { try await source.membership(of: Self.alice) }
        }
        #expect(source.staleness == .seconds(30))
    }

    /// A source that does one thing wrong.
    private struct Confused: MembershipSource {
        enum Fault: CaseIterable {
            case forgets, adds, foldsUsers, ignoresOrganization, ignoresIssuer, takesPersonalForEmpty, knowsStrangers,
                fails
            case claimsAll
        }

        let fault: Fault

        func membership(of member: Member) throws -> Membership? {
            let alice = MembershipSourceTests.alice
            var known = member
            if fault == .foldsUsers { known.user = known.user.lowercased() }
            if fault == .ignoresOrganization { known.organization = alice.organization }
            if fault == .ignoresIssuer { known.issuer = alice.issuer }
            if fault == .takesPersonalForEmpty { known.organization = known.organization ?? alice.organization }
            if fault == .fails, known != alice { throw MembershipSourceError("who?") }
            if fault == .knowsStrangers, known.user == "mallory" { return ["admin"] }
            guard known == alice, fault != .forgets else { return [] }
            return fault == .adds ? ["admin", "owner"] : ["admin"]
        }

        func claimed(by principal: Principal) -> ClaimedRoles {
            ClaimedRoles(roles: [], isComplete: fault == .claimsAll)
        }
    }

    @Test("a source that does one thing wrong does not conform", arguments: Confused.Fault.allCases)
    private func confused(fault: Confused.Fault) async {
        let violations = await MembershipConformance.violations(
            of: Confused(fault: fault),
            expected: [Self.alice: ["admin"]],
            strangers: [Member("mallory", in: "org_1", issuer: Self.issuer)]
        )
        #expect(!violations.isEmpty)
    }

    private static func compositions(of source: some MembershipSource) -> [any MembershipSource] {
        [
            source, FirstMembership(source), FirstMembership(SessionClaims(), source), UnionOfMemberships(source),
            UnionOfMemberships(PolicyAssignments(), source, InMemoryMemberships()),
            TimeLimitedMemberships(source, limit: .seconds(600)),
        ]
    }

    @Test("compositions conform where their sources do", arguments: 0..<6)
    func compositions(index: Int) async {
        let store = InMemoryMemberships([Self.alice: ["admin"], Self.bob: ["member", "admin"]])
        let composition = Self.compositions(of: store)[index]
        let violations = await MembershipConformance.violations(
            of: composition,
            expected: [Self.alice: ["admin"], Self.bob: ["member", "admin"]],
            strangers: [Member("carol", in: "org_1", issuer: Self.issuer)]
        )
        // The roles of a session are as old as the credential, whose age nobody knows.
        #expect(violations == [] && composition.staleness == (index == 2 ? nil : .zero))
    }

    @Test("a source that cannot tell fails, and so does every composition of it", arguments: 0..<6)
    func failing(index: Int) async {
        let backend = BackendMemberships(Backend(error: .init("down")), issuer: Self.issuer)
        let members = [Self.alice, Member("carol", in: "org_1", issuer: Self.issuer)]
        let composition = Self.compositions(of: backend)[index]
        #expect(await MembershipConformance.violations(ofFailing: composition, members: members) == [])
        // A source that answers although it should fail is found out: with roles, without, and as one that knows of no such member.
        for silent in [InMemoryMemberships([Self.alice: ["admin"]]), SessionClaims()] as [any MembershipSource] {
            #expect(await MembershipConformance.violations(ofFailing: silent, members: members).count == 2)
        }
    }

    @Test("a source that does not answer in time leaves the check undecided")
    func hanging() async throws {
        let source = ScriptedMemberships { _, _ in
            let (never, _) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}  // until it is cancelled
            return ["admin"]
        }
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy()),
            memberships: TimeLimitedMemberships(source, limit: .milliseconds(1)),
            issuer: ""
        )
        let error = await #expect(throws: AuthorizerError.self) {
            try await authorizer.isAllowed(organization: "o", user: "u", permission: "as:admin")
        }
        #expect(error?.code == .sourceFailed)
        try await eventually(equals: 0) { authorizer.cache.indexCount }
    }

    @Test("the first of several sources that knows the member answers, and a failing source ends the search")
    func first() async throws {
        let backend = BackendMemberships(Backend(), issuer: Self.issuer)
        let store = InMemoryMemberships([Member("alice", in: "org_1", issuer: "https://other"): ["guest"]])
        let source = FirstMembership(SessionClaims(), backend, store)
        #expect(try await source.membership(of: Self.alice) == ["admin"])
        #expect(
            try await source.membership(of: Member("alice", in: "org_1", issuer: "https://other"))?.roles == ["guest"]
        )
        let failing = FirstMembership(BackendMemberships(Backend(error: .init("down")), issuer: Self.issuer), store)
        await #expect(throws: MembershipSourceError.self) { try await failing.membership(of: Self.alice) }
    }

    @Test("the revision of the first source that has to be asked counts, and no other")
    func revisions() async throws {
        let counting = InMemoryMemberships([Self.alice: ["admin"]])
        let elsewhere = BackendMemberships(Backend(), issuer: "https://other")  // knows nothing of her
        let first = FirstMembership(SessionClaims(), PolicyAssignments(), counting, elsewhere)
        #expect(try await first.membership(of: Self.alice)?.revision == MembershipRevision(0))
        let second = FirstMembership(SessionClaims(), elsewhere, counting)
        #expect(try await second.membership(of: Self.alice) == ["admin"])
    }

    @Test("a union has the roles of all its sources, and no answer where one fails")
    func union() async throws {
        let backend = BackendMemberships(Backend(), issuer: Self.issuer)
        let store = InMemoryMemberships([Self.alice: ["guest"]])
        #expect(try await UnionOfMemberships(backend, store).membership(of: Self.alice) == ["admin", "guest"])
        let failing = BackendMemberships(Backend(error: .init("down")), issuer: Self.issuer)
        await #expect(throws: MembershipSourceError.self) {
            try await UnionOfMemberships(store, failing).membership(of: Self.alice)
        }
        #expect(UnionOfMemberships(store, SessionClaims()).staleness == nil)
        #expect(UnionOfMemberships(store, backend).staleness == .zero)
    }

    private static let policy = Policy(
        roles: ["admin", "guest", "member", "assigned"].map { Role($0, grants: ["as:\($0)"]) },
        assignments: [Assignment("assigned", to: "alice")]
    )

    @Test(
        "a principal has the roles of its credential and the sources, and always those that the policy assigns",
        arguments: [
            ("claims", "member", false), ("policy", "", false), ("first", "member", false),
            ("union", "member guest", true), ("first in a union", "member guest", true), ("store", "guest", true),
        ]
    )
    func claims(kind: String, roles: String, isLoaded: Bool) async throws {
        let store = InMemoryMemberships([Self.alice: ["guest"]])
        let sources: [String: any MembershipSource] = [
            "claims": SessionClaims(), "policy": PolicyAssignments(), "first": FirstMembership(SessionClaims(), store),
            "union": UnionOfMemberships(SessionClaims(), store), "store": store,
            "first in a union": UnionOfMemberships(FirstMembership(SessionClaims(), store), InMemoryMemberships()),
        ]
        let source = try #require(sources[kind])
        let authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            memberships: source,
            issuer: Self.issuer,
            cache: try PermissionCache(.init(clock: ManualClock(.distantPast).monotonic))
        )
        let principal = Principal("alice", issuer: Self.issuer, organization: "org_1", roles: ["member"])
        for role in ["admin", "guest", "member", "assigned"] {
            let isHeld = role == "assigned" || roles.split(separator: " ").contains { $0 == role }
            #expect(try await authorizer.isAllowed(Permission(validating: "as:\(role)"), for: principal) == isHeld)
        }
        #expect(authorizer.cache.statistics.loads == (isLoaded ? 1 : 0))
    }

    @Test("claims that carry no role leave the question to the next source")
    func emptyClaims() async throws {
        let store = InMemoryMemberships([Self.alice: ["guest"]])
        let authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            memberships: FirstMembership(SessionClaims(), store),
            issuer: Self.issuer
        )
        let principal = Principal("alice", issuer: Self.issuer, organization: "org_1")
        #expect(try await authorizer.isAllowed("as:guest", for: principal))
    }

    @Test("nothing is loaded where all sources are claims, though the claims carry no role")
    func onlyClaims() async throws {
        let authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            memberships: FirstMembership(SessionClaims(), PolicyAssignments()),
            issuer: Self.issuer
        )
        let principal = Principal("alice", issuer: Self.issuer, organization: "org_1")
        #expect(try await authorizer.isAllowed("as:assigned", for: principal))
        #expect(authorizer.cache.statistics.loads == 0)
    }
}
