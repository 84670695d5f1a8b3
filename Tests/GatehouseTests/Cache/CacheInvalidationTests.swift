@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import Testing

@Suite("An invalidation forgets the entries that it names, and no others")
struct CacheInvalidationTests {
    private static let rows: [(Invalidation.Scope, forgotten: [Int])] = [
        (.member(CacheFixture.everybody[0]), [0]), (.user(issuer: CacheFixture.issuer, user: "u"), [0, 2, 3]),
        (.organization(issuer: CacheFixture.issuer, organization: "o"), [0, 1]),
        (.organization(issuer: CacheFixture.issuer, organization: nil), [3]),
        (.organization(issuer: CacheFixture.issuer, organization: ""), []),
        (.organization(issuer: "https://other", organization: "o"), [4]), (.role("reader"), [0, 1, 2, 3, 4]),
        (.role("lead"), []), (.role("\u{212A}"), []), (.session(issuer: CacheFixture.issuer, session: "u"), []),
        (.everything, [0, 1, 2, 3, 4]),
    ]

    @Test(arguments: rows.indices)
    func scope(row: Int) async throws {
        let (scope, forgotten) = Self.rows[row]
        let source = ScriptedMemberships(["reader"])
        let fixture = try CacheFixture(source: source, .init(capacity: 100, jitter: 0))  // all in one shard
        for member in CacheFixture.everybody { _ = try await fixture.resolve(member) }
        fixture.authorizer.applyLocally(Invalidation(scope))
        for (index, member) in CacheFixture.everybody.enumerated() {
            let before = source.loads
            _ = try await fixture.resolve(member)
            #expect((source.loads > before) == forgotten.contains(index), "\(scope): \(member)")
        }
    }

    @Test(
        "an invalidation of others leaves a load alone",
        arguments: [
            .member(CacheFixture.everybody[1]), .user(issuer: CacheFixture.issuer, user: "v"),
            .user(issuer: "https://other", user: "u"), .session(issuer: CacheFixture.issuer, session: "u"),
            .organization(issuer: CacheFixture.issuer, organization: "p"), .role("lead"), .role("Reader"), .role(""),
        ] as [Invalidation.Scope]
    )
    func othersDuringLoad(scope: Invalidation.Scope) async throws {
        let source = ScriptedMemberships(nil)
        let fixture = try CacheFixture(source: source, .init(capacity: 100, jitter: 0))  // all in one shard
        source.answer { _, _ in
            fixture.authorizer.applyLocally(Invalidation(scope))
            return ["reader"]
        }
        #expect(try await fixture.load("u") && source.loads == 1 && fixture.isRemembered("u"))
    }

    @Test("a load that was overtaken takes nobody's place")
    func overtakenLoad() async throws {
        let source = ScriptedMemberships(["reader"])
        let fixture = try CacheFixture(source: source, .init(capacity: 1, jitter: 0))
        try await fixture.load("v")
        source.answer { _, _ in
            source.fail(MembershipSourceError("down"))  // the next load
            fixture.authorizer.applyLocally(Invalidation(.member(CacheFixture.everybody[0])))
            return ["reader"]
        }
        await #expect(throws: AuthorizerError.self) { try await fixture.load("u") }
        #expect(source.members.map(\.user) == ["v", "u", "u"] && fixture.isRemembered("v"))
    }

    @Test("a role is given by its name, so that an heir is another role")
    func inheritedRole() async throws {
        let source = ScriptedMemberships(["lead"])
        let fixture = try CacheFixture(source: source)
        #expect(try await fixture.load("u"))
        fixture.authorizer.applyLocally(Invalidation(.role("reader")))
        #expect(fixture.isRemembered("u"))
        fixture.authorizer.applyLocally(Invalidation(.role("lead")))
        #expect(!fixture.isRemembered("u"))
    }

    @Test("a check may ask for a given state of the source, or a later state")
    func revision() async throws {
        let fixture = try CacheFixture()
        let authorizer = fixture.authorizer
        func check(_ revision: MembershipRevision?) async throws(AuthorizerError) -> Bool {
            try await authorizer.isAllowed(organization: "o", user: "v", permission: "read", minimumRevision: revision)
        }
        #expect(try await check(nil))
        // Another node takes the role away, and tells its caller which state that is.
        let removed = try #require(fixture.store.remove(role: "reader", from: CacheFixture.everybody[1]).revision)
        #expect(try await check(nil))
        #expect(try await !check(removed))
        #expect(try await !check(nil))
        #expect(authorizer.cache.statistics.loads == 2)
        let later = MembershipRevision(removed.number + 1)
        let error = await #expect(throws: AuthorizerError.self) { try await check(later) }
        #expect(error?.code == .behind)
    }

    @Test("a source that does not count its states is never known to be at one", arguments: [0, 1])
    func noRevision(number: UInt64) async throws {
        let fixture = try CacheFixture(source: ScriptedMemberships(["reader"]))
        for _ in 0..<2 {
            let error = await #expect(throws: AuthorizerError.self) {
                try await fixture.load("u", minimumRevision: MembershipRevision(number))
            }
            #expect(error?.code == .behind)
        }
    }

    @Test("a source that counts its states begins with the first, whose answer is remembered")
    func firstRevision() async throws {
        let fixture = try CacheFixture()
        for _ in 0..<2 { #expect(try await fixture.load("u", minimumRevision: MembershipRevision(0))) }
        #expect(fixture.authorizer.cache.statistics.loads == 1)
    }

    @Test("all checks that ask together for a state that the source has not reached are told so")
    func behindTogether() async throws {
        let fixture = try CacheFixture()
        let codes = try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask {
                    do throws(AuthorizerError) {
                        try await fixture.load("u", minimumRevision: MembershipRevision(1))
                        return nil as AuthorizerError.Code?
                    } catch {
                        return error.code
                    }
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(codes == [.behind])
    }

    @Test(
        "a later state of the source ends the answer of an earlier state, even if the later is not remembered"
    )
    func unrememberedRevision() async throws {
        let fixture = try CacheFixture(.init(negativeTimeToLive: .zero, jitter: 0))
        let member = CacheFixture.everybody[1]
        #expect(try await fixture.load("v"))
        let resolved = try await fixture.resolve(member)
        let removed = fixture.store.remove(role: "reader", from: member).revision
        #expect(try await !fixture.load("v", minimumRevision: removed))
        #expect(!fixture.isRemembered("v") && fixture.authorizer.cachedAnswer("read", for: resolved) == nil)
        #expect(try await !fixture.load("v"))
    }

    @Test("an earlier state of the source does not replace the answer of a later state")
    func backwards() async throws {
        // Two copies of one store, of which the second is behind.
        let fixture = try CacheFixture(
            source: ScriptedMemberships { _, number in
                number == 0
                    ? Membership(roles: [], revision: MembershipRevision(10))
                    : Membership(roles: ["reader"], revision: MembershipRevision(9))
            }
        )
        #expect(try await !fixture.load("u"))
        let error = await #expect(throws: AuthorizerError.self) {
            try await fixture.load("u", minimumRevision: MembershipRevision(11))
        }
        #expect(error?.code == .behind)
        #expect(try await !fixture.load("u"))
        #expect(fixture.authorizer.cache.count == 1)
    }

    /// A source that asks the cache when it hears that nobody waits any more, and ends only then; what it says then means nothing.
    private final class AskingSource: MembershipSource {
        private let cache: PermissionCache
        private let (loads, hasBegun) = AsyncStream.makeStream(of: Void.self)

        init(_ cache: PermissionCache) { self.cache = cache }

        func begins() async { for await _ in loads { return } }

        func membership(of member: Member) async throws -> Membership? {
            let (answers, answer) = AsyncStream.makeStream(of: PermissionCache.Statistics.self)
            return await withTaskCancellationHandler {
                hasBegun.yield()
                for await statistics in answers { return statistics.inFlight > 0 ? ["reader"] : [] }
                return nil
            } onCancel: { [cache] in
                answer.yield(cache.statistics)
                cache.invalidate(.user(issuer: "", user: "another"))
            }
        }
    }

    @Test(
        "a source may use the cache while it is told of an invalidation or a cancellation",
        arguments: [0, 1, 2, 3, 4]
    )
    func reentrantCancellation(way: Int) async throws {
        let cache = PermissionCache()
        let source = AskingSource(cache)
        let authorizer = Authorizer(
            engine: try PolicyEngine(CacheFixture.policy),
            memberships: source,
            issuer: "",
            cache: cache
        )
        func begin() -> Task<Bool, any Error> {
            Task { try await authorizer.isAllowed(organization: "o", user: "u", permission: "read") }
        }
        let check = begin()
        var another: Task<Bool, any Error>?
        await source.begins()
        switch way {
        case 0: check.cancel()
        case 1: cache.invalidate(.member(Member("u", in: "o", issuer: "")))
        case 2: cache.invalidate(.user(issuer: "", user: "u"))
        case 3:
            cache.invalidate(.organization(issuer: "", organization: "o"))
            another = begin()  // who asks next tells the source
        default: cache.invalidate(.everything)
        }
        if way > 0 {  // the check has begun another load
            await source.begins()
            check.cancel()
            another?.cancel()
        }
        let error = await #expect(throws: AuthorizerError.self) { try await check.value }
        #expect(error?.code == .cancelled)
        _ = await another?.result
    }
}
