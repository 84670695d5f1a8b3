import GatehouseTesting
import Testing

@testable import Gatehouse

@Suite("An entry lives for its time, and no longer than its roles hold", .timeLimit(.minutes(10)))
struct CacheLifetimeTests {
    @Test("a member without roles is asked about sooner, since a role may have been given", arguments: [5, 90])
    func negative(timeToLive: Int) async throws {
        let fixture = try CacheFixture(.init(negativeTimeToLive: .seconds(timeToLive), jitter: 0))
        try await fixture.load("u")
        try await fixture.load("nobody")
        fixture.clock.advance(by: .seconds(min(timeToLive, 60) - 1))
        #expect(fixture.isRemembered("nobody"))
        fixture.clock.advance(by: .seconds(1))
        #expect(!fixture.isRemembered("nobody"))
        #expect(fixture.isRemembered("u") == (timeToLive < 60))
    }

    @Test("an expired entry goes while others are loaded, and its old policy goes too")
    func sweep() async throws {
        let fixture = try CacheFixture(.init(capacity: 4_000, jitter: 0))  // one shard
        let (cache, policy) = (fixture.authorizer.cache, fixture.authorizer.policy)
        weak let first = policy.engine
        for user in ["u", "nobody"] { try await fixture.load(user) }
        fixture.clock.advance(by: .seconds(30))
        for _ in 0..<2 { policy.replace(with: try PolicyEngine(CacheFixture.policy)) }
        try await fixture.load("v")
        fixture.clock.advance(by: .seconds(30))
        #expect(first != nil)
        for number in 0..<8 { try await fixture.load("user_\(number)") }
        #expect(first == nil)
        #expect(cache.count == 9 && fixture.isRemembered("v") && cache.statistics.evictions == 0)
    }

    @Test("entries that were loaded together end at different times, and never late", arguments: [0.5, 1])
    func jitter(jitter: Double) async throws {
        let fixture = try CacheFixture(
            .init(timeToLive: .seconds(100), negativeTimeToLive: .seconds(100), jitter: jitter)
        )
        let users = (0..<400).map { "user_\($0)" }
        for user in users { try await fixture.load(user) }
        fixture.clock.advance(by: .seconds(100 * (1 - jitter)))
        #expect(users.count { fixture.isRemembered($0) } == 400)
        fixture.clock.advance(by: .seconds(50 * jitter))
        #expect((100...300).contains(users.count { fixture.isRemembered($0) }))
        fixture.clock.advance(by: .seconds(50 * jitter))
        #expect(users.count { fixture.isRemembered($0) } == 0)
    }

    @Test(
        "a setting that is out of its range is an error that names it",
        arguments: [
            ("capacity", .init(capacity: 0)), ("capacity", .init(capacity: (1 << 30) + 1)),
            ("timeToLive", .init(timeToLive: .seconds(-1))), ("timeToLive", .init(timeToLive: .seconds(Int64.max))),
            ("negativeTimeToLive", .init(negativeTimeToLive: .nanoseconds(-1))),
            ("jitter", .init(jitter: -0.1)), ("jitter", .init(jitter: 1.1)), ("jitter", .init(jitter: .nan)),
            ("disconnectedTimeToLive", .init(disconnectedTimeToLive: .seconds(-1))),
            ("maximumLoads", .init(maximumLoads: 0)),
        ] as [(String, PermissionCache.Configuration)]
    )
    func outOfRange(setting: String, configuration: PermissionCache.Configuration) {
        let error = #expect(throws: SettingError.self) { try PermissionCache(configuration) }
        #expect(error?.setting == setting && error?.code == .outOfRange)
    }

    @Test("the longest time is a long time")
    func longest() async throws {
        let longest = Duration.seconds(1 << 32)
        for jitter in [0, 1e-18, 0.5] {
            let fixture = try CacheFixture(
                .init(
                    timeToLive: longest,
                    negativeTimeToLive: longest,
                    jitter: jitter,
                    disconnectedTimeToLive: longest
                )
            )
            for user in ["u", "nobody"] {
                try await fixture.load(user)
                fixture.clock.advance(by: .seconds(1_000_000_000))
                #expect(fixture.isRemembered(user))
            }
        }
    }

    @Test("an entry ends when one of its roles begins or ends", arguments: [true, false])
    func assignment(begins: Bool) async throws {
        let fixture = try CacheFixture()
        let instant = fixture.clock.now.advanced(by: .seconds(10))
        fixture.store.assign(
            RoleAssignment("reader", notBefore: begins ? instant : nil, notAfter: begins ? nil : instant),
            to: CacheFixture.everybody[1]
        )
        #expect(try await fixture.load("v") == !begins)
        fixture.clock.advance(by: .seconds(9))
        #expect(fixture.isRemembered("v"))
        fixture.clock.advance(by: .seconds(2))
        #expect(!fixture.isRemembered("v"))
        #expect(try await fixture.load("v") == begins)
        fixture.clock.advance(by: .seconds(59))
        #expect(fixture.isRemembered("v"))
        fixture.clock.advance(by: .seconds(1))
        #expect(!fixture.isRemembered("v"))
    }

    @Test("an entry is not ended by a role that began or ended just now", arguments: [true, false])
    func boundInThePresent(begins: Bool) async throws {
        let fixture = try CacheFixture()
        let now = fixture.clock.now
        let role = RoleAssignment("reader", notBefore: begins ? now : nil, notAfter: begins ? nil : now)
        fixture.store.assign(role, to: CacheFixture.everybody[1])
        #expect(try await fixture.load("v") == begins)
        #expect(fixture.isRemembered("v"))
    }

    @Test("a load that outlasts its time does not answer a check that came after its end", arguments: [59, 60])
    func slowLoad(age: Int) async throws {
        let source = ScriptedMemberships(["data2_admin"])
        source.hold()
        let fixture = try CacheFixture(source: source)
        async let first = fixture.load("u")
        try await eventually(equals: 1) { source.loads }
        fixture.clock.advance(by: .seconds(age))
        async let second = fixture.load("u")
        try await eventually(equals: 2) { fixture.authorizer.cache.statistics.misses }
        source.open()
        _ = try await (first, second)
        #expect(source.loads == (age < 60 ? 1 : 2))
    }

    @Test("all entries are forgotten after a silence, from its first instant on", arguments: [4_999, 5_000, 5_001])
    func silence(milliseconds: Int) async throws {
        let fixture = try CacheFixture()
        let cache = fixture.authorizer.cache
        cache.requireHeartbeats()
        cache.heartbeat()
        try await fixture.load("u")
        fixture.clock.advance(by: .milliseconds(milliseconds))
        cache.heartbeat()
        #expect(cache.isConnected && fixture.isRemembered("u") == (milliseconds < 5_000))
    }

    @Test("a load from before a silence of the bus does not answer a check from after it")
    func loadFromBeforeTheSilence() async throws {
        let source = ScriptedMemberships(["data2_admin"])
        source.hold()
        let fixture = try CacheFixture(source: source)
        let cache = fixture.authorizer.cache
        cache.requireHeartbeats()
        cache.heartbeat()
        async let first = fixture.load("u")
        try await eventually(equals: 1) { source.loads }
        fixture.clock.advance(by: .seconds(5))
        async let second = fixture.load("u")
        try await eventually(equals: 2) { cache.statistics.misses }
        source.open()
        _ = try await (first, second)
        #expect(source.loads == 2)
    }
}
