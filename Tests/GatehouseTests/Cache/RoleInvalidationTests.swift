import Gatehouse
import GatehouseTesting
import Synchronization
import Testing

@Suite("An invalidation by role overtakes the loads that give the role, and no others", .timeLimit(.minutes(10)))
struct RoleInvalidationTests {
    private let source = ScriptedMemberships(["reader"])
    private let fixture: CacheFixture

    init() throws {
        // All in one shard.
        fixture = try CacheFixture(source: source, .init(capacity: 100, jitter: 0))
    }

    /// Answers each load, and invalidates roles meanwhile.
    private func answer(_ membership: Membership, invalidating roles: [String]) {
        source.answer { [fixture] _, _ in
            for role in roles { fixture.authorizer.applyLocally(Invalidation(.role(role))) }
            return membership
        }
    }

    @Test("members without the role are answered and remembered though the role is invalidated during each load")
    func stream() async throws {
        answer(["reader"], invalidating: ["lead"])
        for user in ["u", "v", "w"] { #expect(try await fixture.load(user)) }
        #expect(source.loads == 3)
        for user in ["u", "v", "w"] { #expect(fixture.isRemembered(user)) }
    }

    @Test("a load is overtaken by any of the several roles that it gives", arguments: ["lead", "reader", "\u{E9}"])
    func oneOfSeveral(role: String) async throws {
        source.answer { [fixture] _, number in
            guard number == 0 else { return [] }
            for role in ["other", role, "e\u{301}"] { fixture.authorizer.applyLocally(Invalidation(.role(role))) }
            return ["lead", "reader", "\u{E9}"]
        }
        #expect(try await !fixture.load("u"))
        #expect(source.loads == 2)
    }

    @Test("names of roles are compared by bytes")
    func bytes() async throws {
        answer(["reader", "K", "\u{E9}"], invalidating: ["Reader", "\u{212A}", "e\u{301}", "k"])
        #expect(try await fixture.load("u"))
        #expect(source.loads == 1 && fixture.isRemembered("u"))
    }

    @Test("a load is not overtaken by a role that the policy itself assigns")
    func assignedByPolicy() async throws {
        let policy = Policy(roles: [Role("reader", grants: ["read"])], assignments: [Assignment("reader", to: "u")])
        fixture.authorizer.policy.replace(with: try PolicyEngine(policy))
        answer([], invalidating: ["reader"])
        #expect(try await fixture.load("u"))
        #expect(source.loads == 1)
    }

    @Test(
        "a load during which too many roles are invalidated is overtaken, and only then told to stop",
        arguments: [(1, 1), (32, 1), (33, 2), (1_000, 2)]
    )
    func many(count: Int, loads: Int) async throws {
        let wasCancelled = Mutexed<[Bool]>([])
        source.answer { [fixture] _, number in
            if number == 0 {
                for _ in 0..<2 {
                    for role in 0..<count { fixture.authorizer.applyLocally(Invalidation(.role("role:\(role)"))) }
                }
            }
            wasCancelled.withLock { $0.append(Task.isCancelled) }
            return ["reader"]
        }
        #expect(try await fixture.load("u"))
        #expect(source.loads == loads)
        #expect(wasCancelled.withLock { $0 } == [[false], [true, false]][loads - 1])
    }

    @Test(
        "a check that joins after an invalidation takes the load's answer if the load does not give the role",
        arguments: [true, false]
    )
    func joining(isGiven: Bool) async throws {
        let source = ScriptedMemberships(["data2_admin"])
        source.hold()
        let fixture = try CacheFixture(source: source)
        async let first = fixture.load("u")
        try await eventually(equals: 1) { source.loads }
        fixture.authorizer.applyLocally(Invalidation(.role(isGiven ? "data2_admin" : "reader")))
        async let second = fixture.load("u")
        try await eventually(equals: 2) { fixture.authorizer.cache.statistics.misses }
        source.open()
        _ = try await (first, second)
        #expect(source.loads == (isGiven ? 2 : 1))
        #expect(fixture.isRemembered("u"))
    }

    @Test("a load that fails is not overtaken by the invalidation of a role")
    func failure() async throws {
        source.answer { [fixture] _, _ in
            fixture.authorizer.applyLocally(Invalidation(.role("reader")))
            throw MembershipSourceError("down")
        }
        let error = await #expect(throws: AuthorizerError.self) { try await fixture.load("u") }
        #expect(error?.code == .sourceFailed && source.loads == 1)
    }
}
