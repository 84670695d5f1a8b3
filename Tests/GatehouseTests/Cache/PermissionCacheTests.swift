import GatehouseTesting
import SeededGenerator
import Synchronization
import Testing

@_spi(Benchmarks) @testable import Gatehouse

@Suite("The permission cache is coherent, bounded and keyed by its three fields")
struct PermissionCacheTests {
    private let clock = ManualClock(.distantPast)
    private let source = ScriptedMemberships(["reader"])

    private func authorizer(
        capacity: Int = 1_000,
        timeToLive: Duration = .seconds(60),
        issuer: String = "https://issuer"
    ) throws -> Authorizer {
        var configuration = PermissionCache.Configuration()
        configuration.capacity = capacity
        configuration.timeToLive = timeToLive
        configuration.negativeTimeToLive = timeToLive
        configuration.jitter = 0
        configuration.clock = clock.monotonic
        return Authorizer(
            engine: try PolicyEngine(Policy(roles: [Role("reader", grants: ["read"]), Role("all", grants: ["**"])])),
            memberships: source,
            issuer: issuer,
            cache: try PermissionCache(configuration),
            clock: clock.wall
        )
    }

    @Test("a second check is answered from memory, and by text as by constant")
    func remembers() async throws {
        let authorizer = try authorizer()
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == nil)
        #expect(try await authorizer.isAllowed(organization: "o", user: "u", permission: "read"))
        #expect(try await !authorizer.isAllowed(organization: "o", user: "u", permission: "write"))
        let name = "read"
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: name) == true)
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "write") == false)
        #expect(source.loads == 1)
    }

    @Test(
        "a text that is no permission is denied from memory too",
        arguments: ["", " ", "re ad", "a::b", "a:*", "\u{212A}"]
    )
    func malformed(permission: String) async throws {
        let authorizer = try authorizer()
        source.answer(["all"])
        _ = try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "anything") == true)
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: permission) == false)
    }

    @Test("the processor is told to fetch the place where an entry's walk begins, however large the table")
    func prefetching() async throws {
        let authorizer = try authorizer()
        for user in 0..<200 {
            _ = try await authorizer.isAllowed(organization: "o", user: "u\(user)", permission: "read")
            authorizer.scope.withKey(organization: "o", user: "u\(user)") { key in
                let slots = authorizer.cache.withShard(of: key) { $0.table.slots }
                let home = UInt(bitPattern: slots.entry(at: slots.home(of: key.hash)))
                #expect(slots.address(ofHome: key.hash) == home)
            }
        }
    }

    @Test(
        "keys that a joined text would confuse are different",
        arguments: [
            (("a:b", "c"), ("a", "b:c")), (("a", "bc"), ("ab", "c")), (("", "u"), (nil, "u")),
            (("K", "u"), ("\u{212A}", "u")), (("o", "\u{E9}"), ("o", "e\u{301}")), (("a", "b"), ("b", "a")),
        ] as [((String?, String), (String?, String))]
    )
    func keys(first: (String?, String), second: (String?, String)) async throws {
        let authorizer = try authorizer()
        _ = try await authorizer.isAllowed(organization: first.0, user: first.1, permission: "read")
        #expect(authorizer.cachedAnswer(organization: first.0, user: first.1, permission: "read") == true)
        #expect(authorizer.cachedAnswer(organization: second.0, user: second.1, permission: "read") == nil)
    }

    @Test("the same user of another issuer is another user")
    func issuers() async throws {
        let authorizer = try authorizer()
        _ = try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
        let other = Principal("u", issuer: "https://other", organization: "o")
        #expect(try await authorizer.isAllowed("read", for: other))
        #expect(source.loads == 2)
        #expect(
            try await authorizer.isAllowed("read", for: Principal("u", issuer: "https://issuer", organization: "o"))
        )
        #expect(source.loads == 2)
    }

    @Test(
        "an entry lives from the start of its load, to just before the end of its time",
        arguments: [(Duration.seconds(59), true), (.seconds(60), false)]
    )
    func timeToLive(age: Duration, isRemembered: Bool) async throws {
        let authorizer = try authorizer()
        source.answer { [clock] _, _ in
            clock.advance(by: .seconds(10))
            return ["reader"]
        }
        _ = try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
        clock.advance(by: age - .seconds(10))
        #expect((authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") != nil) == isRemembered)
    }

    @Test("a civil clock that is set back does not lengthen a grant")
    func steppedClock() async throws {
        let authorizer = try authorizer()
        _ = try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
        clock.advance(by: .seconds(60))
        clock.step(to: .distantPast)
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == nil)
    }

    @Test("a cache with no time to live remembers nothing", arguments: [Duration.zero])
    func noTimeToLive(timeToLive: Duration) async throws {
        let authorizer = try authorizer(timeToLive: timeToLive)
        #expect(try await authorizer.isAllowed(organization: "o", user: "u", permission: "read"))
        #expect(authorizer.cache.indexCount == 0)
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == nil)
        #expect(authorizer.cache.count == 0)
    }

    @Test("an invalidated entry is loaded again, and no other entry")
    func invalidation() async throws {
        let authorizer = try authorizer()
        for user in ["u", "v"] {
            _ = try await authorizer.isAllowed(organization: "o", user: user, permission: "read")
        }
        source.answer([])
        authorizer.applyLocally(Invalidation(.member(Member("u", in: "o", issuer: "https://issuer"))))
        #expect(try await !authorizer.isAllowed(organization: "o", user: "u", permission: "read"))
        #expect(authorizer.cachedAnswer(organization: "o", user: "v", permission: "read") == true)
        authorizer.cache.invalidate(.everything)
        #expect(authorizer.cache.count == 0)
        #expect(try await !authorizer.isAllowed(organization: "o", user: "v", permission: "read"))
    }

    @Test(
        "an invalidation beats a load that is under way",
        arguments: [
            .everything, .role("reader"), .organization(issuer: "https://issuer", organization: "o"),
            .user(issuer: "https://issuer", user: "u"), .member(Member("u", in: "o", issuer: "https://issuer")),
        ] as [Invalidation.Scope]
    )
    func invalidationDuringLoad(scope: Invalidation.Scope) async throws {
        let authorizer = try authorizer()
        source.answer { _, number in
            guard number == 0 else { return [] }  // the role is taken away after the source has read it
            authorizer.applyLocally(Invalidation(scope))
            return ["reader"]
        }
        #expect(try await !authorizer.isAllowed(organization: "o", user: "u", permission: "read"))
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == false)
        #expect(source.loads == 2)
    }

    @Test("the middleware's loads for a principal are invalidated by the issuer of its token")
    func invalidationOfPrincipal() async throws {
        let authorizer = try authorizer()
        let (own, other) = (Principal("u", issuer: "https://issuer"), Principal("u", issuer: "https://other"))
        for principal in [own, other] { #expect(try await authorizer.isAllowed("read", for: principal)) }
        source.answer([])
        authorizer.applyLocally(Invalidation(.member(own.member)))
        #expect(try await !authorizer.isAllowed("read", for: own))
        #expect(try await authorizer.isAllowed("read", for: other))
        authorizer.applyLocally(Invalidation(.member(other.member)))
        #expect(try await !authorizer.isAllowed("read", for: other))
    }

    @Test("an answer under one policy does not serve another policy that shares the cache")
    func sharedCache() async throws {
        let first = try authorizer()
        #expect(try await first.isAllowed(organization: "o", user: "u", permission: "read"))
        let second = Authorizer(
            engine: try PolicyEngine(Policy { Role("reader") { Denies("read") } }),
            memberships: source,
            issuer: "https://issuer",
            cache: first.cache,
            clock: clock.wall
        )
        #expect(second.cachedAnswer(organization: "o", user: "u", permission: "read") == false)
        #expect(first.cachedAnswer(organization: "o", user: "u", permission: "read") == true)
        #expect(try await !second.isAllowed(organization: "o", user: "u", permission: "read"))
    }

    @Test("a load that is always overtaken ends undecided, not allowed and not denied")
    func overtaken() async throws {
        let authorizer = try authorizer()
        source.answer { member, _ in
            authorizer.applyLocally(Invalidation(.member(member)))
            return ["reader"]
        }
        let error = await #expect(throws: AuthorizerError.self) {
            try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
        }
        #expect(error?.code == .overtaken && source.loads == 8)
    }

    @Test("a source that fails leaves the check undecided, and is asked again")
    func failure() async throws {
        let authorizer = try authorizer()
        source.fail(MembershipSourceError("down"))
        let error = await #expect(throws: AuthorizerError.self) {
            try await authorizer.isAllowed(organization: "o", user: "u", permission: "read")
        }
        #expect(error?.code == .sourceFailed)
        #expect(authorizer.cache.count == 0)
        source.answer(["reader"])
        #expect(try await authorizer.isAllowed(organization: "o", user: "u", permission: "read"))
    }

    @Test("the capacity is used, and never exceeded", arguments: [1, 2, 31, 100, 1_000, 4_096, 5_000])
    func bound(capacity: Int) async throws {
        let authorizer = try authorizer(capacity: capacity)
        for user in 0..<(capacity * 2 + 1_000) {
            _ = try await authorizer.isAllowed(organization: "o", user: "user_\(user)", permission: "read")
        }
        #expect(authorizer.cache.count == capacity)
    }

    @Test("a cache gives no more places than its capacity, even while all of them are empty")
    func reservation() throws {
        let cache = try PermissionCache(.init(capacity: 2))
        #expect((0..<3).map { _ in cache.reserve(from: 0, cache.moment()) } == [true, true, false])
    }

    @Test("the last entry takes everything beside the entries with it", arguments: [1, 2, 100])
    func indexes(capacity: Int) async throws {
        let authorizer = try authorizer(capacity: capacity)
        let users = (0..<3).map { "user_\($0)" }
        for user in users {
            source.answer([RoleAssignment(user)])
            _ = try await authorizer.isAllowed(organization: "o", user: user, permission: "read")
        }
        #expect(authorizer.cache.indexCount > 0)
        for user in users { authorizer.cache.invalidate(.member(Member(user, in: "o", issuer: "https://issuer"))) }
        #expect(authorizer.cache.count == 0 && authorizer.cache.indexCount == 0)
    }

    @Test("an entry that is loaded again takes its own slot, and no other's")
    func renewal() async throws {
        let authorizer = try authorizer(capacity: 2)
        _ = try await authorizer.isAllowed(organization: "o", user: "often", permission: "read")
        clock.advance(by: .seconds(30))
        _ = try await authorizer.isAllowed(organization: "o", user: "other", permission: "read")
        clock.advance(by: .seconds(30))
        _ = try await authorizer.isAllowed(organization: "o", user: "often", permission: "read")
        #expect(authorizer.cache.statistics.evictions == 0 && authorizer.cache.count == 2)
        #expect(authorizer.cachedAnswer(organization: "o", user: "other", permission: "read") == true)
    }

    @Test("an entry that is read often outlives entries that were read once")
    func sieve() async throws {
        let authorizer = try authorizer(capacity: 16)
        for user in 0..<500 {
            _ = try await authorizer.isAllowed(organization: "o", user: "often", permission: "read")
            _ = try await authorizer.isAllowed(organization: "o", user: "user_\(user)", permission: "read")
        }
        #expect(source.members.count { $0.user == "often" } == 1)
    }

    @Test("random loads, invalidations and steps of time never serve an answer that a plain model would not")
    func model() async throws {
        var random = SeededGenerator(seed: 7)
        let authorizer = try authorizer(capacity: 40)
        var loadedAt: [String: Int] = [:]
        var seconds = 0
        for _ in 0..<20_000 {
            let user = "user_\(Int.random(in: 0..<60, using: &random))"
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<70:
                let cached = authorizer.cachedAnswer(organization: "o", user: user, permission: "read")
                if cached != nil { try #require(loadedAt[user].map { seconds - $0 < 60 } == true) }
                if cached == nil { loadedAt[user] = seconds }
                try #require(try await authorizer.isAllowed(organization: "o", user: user, permission: "read"))
            case 70..<90:
                authorizer.applyLocally(Invalidation(.member(Member(user, in: "o", issuer: "https://issuer"))))
                loadedAt[user] = nil
            case 90..<91:
                authorizer.cache.invalidate(.everything)
                loadedAt = [:]
            default:
                clock.advance(by: .seconds(3))
                seconds += 3
            }
            try #require(authorizer.cache.count <= 40)
        }
    }
}
