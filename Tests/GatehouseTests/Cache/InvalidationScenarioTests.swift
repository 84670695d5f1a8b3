@_spi(Benchmarks) import Gatehouse
import GatehouseBase
import GatehouseTesting
import SharedVectors
import Testing

/// Each scenario of `rbac/cache-invalidation-scenarios.json` by its name: bugs that were seen in other engines.
@Suite("Scenarios that other caches got wrong")
struct InvalidationScenarioTests {
    private static let alice = Member("alice", in: "org", issuer: "")
    private let clock = ManualClock(Timestamp(seconds: 1_800_000_000) ?? .distantPast)
    private let store = InMemoryMemberships([alice: ["data2_admin"]])

    @Test("every scenario of the file has its test, and every test its scenario", SharedVectors.trait)
    func coverage() throws {
        let scenarios = SharedVectors.json("rbac/cache-invalidation-scenarios.json")?.member("cases")?.elements
        let names = try #require(scenarios).compactMap { $0.member("name")?.string }
        #expect(Set(names) == Set(Scenario.allCases.map(\.rawValue)))
    }

    private enum Scenario: String, CaseIterable {
        case roleLosesPermission = "role loses a permission after a user decision was cached"
        case userLosesRole = "user loses the role after a decision was cached"
        case grantAfterDeny = "grant after a cached deny (negative caching)"
        case denyAdded = "deny rule added after a cached allow"
        case hierarchyEdited = "middle of the hierarchy edited"
        case twoOrganizations = "same user id in two orgs never shares an entry"
        case keyCollision = "key-concatenation collision"
        case fillInFlight = "fill in flight when the invalidation arrives"
        case timeToLive = "TTL counted from write, not from last access"
        case clockJump = "clock goes backwards / wall-clock jump"
        case expiringRole = "expiring role assignment inside a longer cache TTL"
        case loaderError = "loader error must not be cached as a deny or an allow"
        case thunderingHerd = "thundering herd"
        case cancelledLeader = "cancelled leader does not fail the followers"
        case atomicReload = "policy hot reload is atomic"
        case invalidReload = "invalid reload keeps last known good"
    }

    @Test(arguments: Scenario.allCases)
    private func scenario(_ scenario: Scenario) async throws {
        switch scenario {
        case .roleLosesPermission: try await roleLosesPermission()
        case .userLosesRole: try await userLosesRole()
        case .grantAfterDeny: try await grantAfterDeny()
        case .denyAdded: try await denyAdded()
        case .hierarchyEdited: try await hierarchyEdited()
        case .twoOrganizations: try await twoOrganizations()
        case .keyCollision: try await keyCollision()
        case .fillInFlight: try await fillInFlight()
        case .timeToLive: try await timeToLive()
        case .clockJump: try await clockJump()
        case .expiringRole: try await expiringRole()
        case .loaderError: try await loaderError()
        case .thunderingHerd: try await thunderingHerd()
        case .cancelledLeader: try await cancelledLeader()
        case .atomicReload: try await atomicReload()
        case .invalidReload: try await invalidReload()
        }
    }

    // MARK: - A cache over a store or another source

    private static let policy = Policy {
        Role("data2_admin") { Grants("data2:read", "x") }
        Role("reader") { Grants("data2:read") }
    }

    private func authorizer(_ policy: Policy = policy, _ source: (any MembershipSource)? = nil) throws -> Authorizer {
        let cache = try PermissionCache(.init(jitter: 0, clock: clock.monotonic))
        return Authorizer(
            engine: try PolicyEngine(policy),
            memberships: source ?? store,
            issuer: "",
            cache: cache,
            clock: clock.wall
        )
    }

    private func check(
        _ authorizer: Authorizer,
        _ member: Member = alice,
        _ permission: Permission = "data2:read"
    ) async throws -> Bool {
        try await authorizer.isAllowed(organization: member.organization, user: member.user, permission: permission)
    }

    // MARK: - The scenarios

    private func roleLosesPermission() async throws {
        let authorizer = try authorizer()
        #expect(try await check(authorizer))
        authorizer.policy.replace(with: try PolicyEngine(Policy { Role("data2_admin") { Grants("x") } }))
        #expect(try await !check(authorizer))
        #expect(authorizer.cache.statistics.loads == 1)
    }

    private func userLosesRole() async throws {
        let authorizer = try authorizer()
        #expect(try await check(authorizer))
        try await authorizer.remove(role: "data2_admin", from: Self.alice)
        #expect(try await !check(authorizer))
    }

    private func grantAfterDeny() async throws {
        let (authorizer, bob) = (try authorizer(), Member("bob", in: "org", issuer: ""))
        #expect(try await !check(authorizer, bob))
        try await authorizer.assign("reader", to: bob)
        #expect(try await check(authorizer, bob))
    }

    private func denyAdded() async throws {
        let authorizer = try authorizer()
        #expect(try await check(authorizer))
        let denying = Policy {
            Role("data2_admin") {
                Grants("data2:read")
                Denies("data2:read")
            }
        }
        authorizer.policy.replace(with: try PolicyEngine(denying))
        #expect(try await !check(authorizer))
    }

    private func hierarchyEdited() async throws {
        func policy(isWhole: Bool) -> Policy {
            Policy(roles: [
                Role("data2_admin", inherits: ["dev"]), Role("dev", inherits: isWhole ? ["base"] : []),
                Role("base", grants: ["data2:read"]),
            ])
        }
        let authorizer = try authorizer(policy(isWhole: true))
        #expect(try await check(authorizer))
        authorizer.policy.replace(with: try PolicyEngine(policy(isWhole: false)))
        #expect(try await !check(authorizer))
    }

    private func twoOrganizations() async throws {
        let (authorizer, other) = (try authorizer(), Member("alice", in: "org2", issuer: ""))
        #expect(try await check(authorizer))
        #expect(try await !check(authorizer, other))
        #expect(try await check(authorizer))
    }

    private func keyCollision() async throws {
        let authorizer = try authorizer()
        store.assign("reader", to: Member("b", in: "a:", issuer: ""))
        #expect(try await check(authorizer, Member("b", in: "a:", issuer: "")))
        #expect(try await !check(authorizer, Member(":b", in: "a", issuer: "")))
    }

    private func fillInFlight() async throws {
        let source = ScriptedMemberships(nil)
        let authorizer = try authorizer(Policy { Role("reader") { Grants("data2:read") } }, source)
        source.answer { _, number in
            guard number == 0 else { return [] }  // after the load has read the old ones
            authorizer.applyLocally(Invalidation(.member(Self.alice)))
            return ["reader"]
        }
        _ = try await check(authorizer)
        #expect(try await !check(authorizer))
    }

    private func timeToLive() async throws {
        let authorizer = try authorizer()
        #expect(try await check(authorizer))
        store.remove(role: "data2_admin", from: Self.alice)
        clock.advance(by: .seconds(54))
        _ = try await check(authorizer)  // a read does not lengthen it
        clock.advance(by: .seconds(6))
        #expect(try await !check(authorizer))
    }

    private func clockJump() async throws {
        let authorizer = try authorizer()
        #expect(try await check(authorizer))
        clock.advance(by: .seconds(61))
        clock.step(to: clock.now.advanced(by: .seconds(-3_600)))
        store.remove(role: "data2_admin", from: Self.alice)
        #expect(try await !check(authorizer))
    }

    private func expiringRole() async throws {
        let authorizer = try authorizer()
        let ends = clock.now.advanced(by: .seconds(10))
        try await authorizer.remove(role: "data2_admin", from: Self.alice)
        try await authorizer.assign(RoleAssignment("reader", notAfter: ends), to: Self.alice)
        clock.advance(by: .seconds(5))
        #expect(try await check(authorizer))
        clock.advance(by: .seconds(6))
        #expect(authorizer.cachedAnswer(organization: "org", user: "alice", permission: "data2:read") == nil)
        #expect(try await !check(authorizer))
    }

    private func loaderError() async throws {
        let source = ScriptedMemberships(failing: MembershipSourceError("down", retryAfter: .seconds(7)))
        let authorizer = try authorizer(Policy { Role("reader") { Grants("data2:read") } }, source)
        let error = await #expect(throws: AuthorizerError.self) { try await check(authorizer) }
        #expect(error?.code == .sourceFailed && error?.retryAfter == .seconds(7))
        source.answer(["reader"])
        #expect(try await check(authorizer))
    }

    private func thunderingHerd() async throws {
        let source = ScriptedMemberships(["data2_admin"])
        source.hold()
        let authorizer = try authorizer(Self.policy, source)
        try await withThrowingTaskGroup { group in
            for _ in 0..<100 { group.addTask { try await check(authorizer) } }
            try await eventually(equals: 100) { authorizer.cache.statistics.misses }
            source.open()
            for try await isAllowed in group { #expect(isAllowed) }
        }
        #expect(source.loads == 1)
    }

    private func cancelledLeader() async throws {
        let source = ScriptedMemberships(["data2_admin"])
        source.hold()
        let authorizer = try authorizer(Self.policy, source)
        let leader = Task { try await check(authorizer) }
        try await eventually(equals: 1) { authorizer.cache.statistics.misses }
        let followers = (0..<3).map { _ in Task { try await check(authorizer) } }
        try await eventually(equals: 4) { authorizer.cache.statistics.misses }
        leader.cancel()
        let error = await #expect(throws: AuthorizerError.self) { try await leader.value }
        #expect(error?.code == .cancelled)
        source.open()
        for follower in followers { #expect(try await follower.value) }
        #expect(source.loads == 1)
    }

    private func atomicReload() async throws {
        let allowing = ["data2:read", "x"].map { Policy(roles: [Role("data2_admin", grants: [$0])]) }
        let engines = try allowing.map { try PolicyEngine($0) }
        let authorizer = try authorizer(allowing[0])
        let principal = Principal("alice", organization: "org")
        let swapping = Task.detached {
            while !Task.isCancelled { for engine in engines { authorizer.policy.replace(with: engine) } }
        }
        defer { swapping.cancel() }
        var seen = Set<[Bool]>()
        while seen.count < 2 {
            for _ in 0..<2_000 {
                // One resolved principal sees one policy whole.
                let resolved = try await authorizer.resolve(principal)
                let answers = [
                    resolved.principal.allows("data2:read", at: clock.now),
                    resolved.principal.allows("x", at: clock.now),
                ]
                try #require(answers[0] != answers[1])
                seen.insert(answers)
            }
        }
    }

    private func invalidReload() async throws {
        let authorizer = try authorizer()
        #expect(try await check(authorizer))
        let isLoaded = authorizer.policy.reload { try PolicyEngine(Policy(roles: [Role("not a name!")])) }
        #expect(!isLoaded && authorizer.policy.failure?.findings.isEmpty == false)
        #expect(try await check(authorizer))
    }
}
