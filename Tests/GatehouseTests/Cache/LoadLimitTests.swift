import GatehouseTesting
import SeededGenerator
import Synchronization
import Testing

@testable import Gatehouse

@Suite("No more loads are under way at a time than may be", .timeLimit(.minutes(10)))
struct LoadLimitTests {
    private static func configuration(_ maximumLoads: Int, timeToLive: Duration = .seconds(60))
        -> PermissionCache.Configuration
    {
        .init(timeToLive: timeToLive, jitter: 0, maximumLoads: maximumLoads)
    }

    @Test(
        "a check that would begin one load too many is undecided at once, and others are answered"
    )
    func limit() async throws {
        let source = ScriptedMemberships(["data2_admin"])
        source.hold()
        let known = ScriptedMemberships { member, _ in member.user == "known" ? ["reader"] : nil }
        let fixture = try CacheFixture(source: FirstMembership(known, source), Self.configuration(2))
        let cache = fixture.authorizer.cache
        try await fixture.load("known")
        let checks = ["u", "v"].map { user in Task { try await fixture.load(user) } }
        try await eventually(equals: 2) { source.loads }
        let joining = Task { try await fixture.load("v") }
        try await eventually(equals: 4) { cache.statistics.misses }
        for _ in 0..<3 {
            let error = await #expect(throws: AuthorizerError.self) { try await fixture.load("w") }
            #expect(error?.code == .tooManyLoads && error?.retryAfter == .seconds(1))
            #expect(try await fixture.load("known") && fixture.isRemembered("known"))
        }
        let context = Requirement.Context(
            principal: Principal("w", issuer: CacheFixture.issuer),
            authorizer: fixture.authorizer
        )
        guard case .unavailable(_, retryAfter: .seconds(1)) = await Requirement.permission("read").evaluate(context)
        else {
            return #expect(Bool(false), "it was decided")
        }
        var expected = PermissionCache.Statistics()
        (expected.hits, expected.misses, expected.loads, expected.refusals) = (6, 4, 3, 4)
        (expected.inFlight, expected.entries) = (2, 1)
        #expect(cache.statistics == expected && cache.loadCount == 2)
        source.open()
        for check in checks + [joining] { _ = try await check.value }
        try await fixture.load("w")
        #expect(fixture.isRemembered("w") && cache.loadCount == 0)
        #expect(cache.organizations.count == 1)
    }

    /// How a load ends.
    enum End: CaseIterable {
        case success, successNotStored, failure, overtaken, overtakenByRole, overtakenAgainAndAgain
    }

    @Test("each load gives its place back, however it ends", arguments: End.allCases)
    func givenBack(end: End) async throws {
        let source = ScriptedMemberships(nil)
        let timeToLive = end == .successNotStored ? Duration.zero : .seconds(60)
        let fixture = try CacheFixture(source: source, Self.configuration(1, timeToLive: timeToLive))
        let authorizer = fixture.authorizer
        source.answer { _, number in
            #expect(authorizer.cache.loadCount == 1)
            let scope: Invalidation.Scope? =
                switch end {
                case .success, .successNotStored, .failure: nil
                case .overtaken: number % 2 == 0 ? .everything : nil
                case .overtakenByRole: number % 2 == 0 ? .role("reader") : nil
                case .overtakenAgainAndAgain: .everything
                }
            if let scope { authorizer.applyLocally(Invalidation(scope)) }
            if end == .failure { throw MembershipSourceError("down") }
            return ["reader"]
        }
        for user in ["u", "v", "w"] {
            do throws(AuthorizerError) {
                try await fixture.load(user)
            } catch {
                #expect(error.code == (end == .failure ? .sourceFailed : .overtaken))
            }
            #expect(authorizer.cache.loadCount == 0)
        }
        let loadsOfEach =
            switch end {
            case .success, .successNotStored, .failure: 1
            case .overtaken, .overtakenByRole: 2
            case .overtakenAgainAndAgain: 8
            }
        #expect(source.loads == 3 * loadsOfEach && authorizer.cache.statistics.refusals == 0)
    }

    @Test("a load that nobody waits for keeps its place until it ends")
    func cancelled() async throws {
        let source = ScriptedMemberships(["data2_admin"])
        source.hold()
        let fixture = try CacheFixture(source: source, Self.configuration(1))
        let cache = fixture.authorizer.cache
        let check = Task { try await fixture.load("u") }
        try await eventually(equals: 1) { source.loads }
        check.cancel()
        await #expect(throws: AuthorizerError.self) { try await check.value }
        let error = await #expect(throws: AuthorizerError.self) { try await fixture.load("v") }
        #expect(error?.code == .tooManyLoads && cache.loadCount == 1)
        source.open()
        try await eventually(equals: 0) { cache.loadCount }
        try await fixture.load("v")
    }

    @Test("a limit without room for a load is an error that names the setting", arguments: [Int.min, -1, 0])
    func least(maximumLoads: Int) {
        let error = #expect(throws: SettingError.self) { try PermissionCache(Self.configuration(maximumLoads)) }
        #expect(error?.setting == "maximumLoads")
    }

    /// A source that is slow, fails now and then, and counts how many it is asked for at a time.
    private final class Crowd: MembershipSource {
        private let state = Mutex((now: 0, most: 0, random: SeededGenerator(seed: 1)))

        /// The most at a time.
        var most: Int { state.withLock { $0.most } }

        func membership(of member: Member) async throws -> Membership? {
            let steps = state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
                return Int.random(in: 0..<6, using: &state.random)
            }
            for _ in 0..<steps { await Task.yield() }
            state.withLock { $0.now -= 1 }
            if steps == 5 { throw MembershipSourceError("down") }
            return steps == 4 ? [] : ["reader"]
        }
    }

    @Test("the limit of loads holds while many tasks check, forget and are cancelled at once", arguments: [1, 3])
    func crowd(maximumLoads: Int) async throws {
        let source = Crowd()
        var configuration = Self.configuration(maximumLoads)
        configuration.capacity = 20_000  // several shards
        let fixture = try CacheFixture(source: source, configuration)
        let cache = fixture.authorizer.cache
        let refused = await withTaskGroup { group in
            for task in 0..<CacheStressTests.tasks {
                group.addTask { await Self.press(fixture, SeededGenerator(seed: UInt64(task))) }
            }
            return await group.reduce(0, +)
        }
        try await eventually(equals: 0) { cache.statistics.inFlight }  // those that nobody waits for
        #expect(cache.loadCount == 0 && source.most <= maximumLoads)
        #expect(refused > 0 && cache.statistics.refusals == UInt64(refused))
    }

    /// - Returns: How many checks were refused.
    private static func press(_ fixture: CacheFixture, _ random: SeededGenerator) async -> Int {
        var (random, refused) = (random, 0)
        for _ in 0..<CacheStressTests.operations / CacheStressTests.tasks / 4 {
            let user = "user_\(Int.random(in: 0..<12, using: &random))"
            let check = Task {
                do throws(AuthorizerError) {
                    try await fixture.load(user)
                    return false
                } catch {
                    return error.code == .tooManyLoads
                }
            }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: check.cancel()
            case 1: fixture.authorizer.applyLocally(Invalidation(.role("reader")))
            case 2: fixture.authorizer.applyLocally(Invalidation(.user(issuer: CacheFixture.issuer, user: user)))
            default: break
            }
            if await check.value { refused += 1 }
        }
        return refused
    }
}
