import GatehouseTesting
import Testing

@testable import Gatehouse

@Suite("A cache counts its events")
struct CacheStatisticsTests {
    @Test("a cache counts hits, misses, loads, failures, evictions, invalidations and entries")
    func counts() async throws {
        let source = ScriptedMemberships(["reader"])
        let fixture = try CacheFixture(source: source, .init(capacity: 2, jitter: 0))
        for user in ["u", "u", "u", "v", "w"] { try await fixture.load(user) }
        fixture.authorizer.applyLocally(Invalidation(.user(issuer: CacheFixture.issuer, user: "w")))
        fixture.authorizer.applyLocally(Invalidation(.role("nothing")))
        source.fail(MembershipSourceError("down"))
        await #expect(throws: AuthorizerError.self) { try await fixture.load("x") }
        var expected = PermissionCache.Statistics()
        (expected.hits, expected.misses, expected.loads, expected.failures) = (2, 4, 4, 1)
        (expected.evictions, expected.invalidations, expected.entries) = (1, 2, 1)
        #expect(fixture.authorizer.cache.statistics == expected)
    }

    @Test("an answer found on the way to a load, since another was faster, is a hit")
    func foundLate() async throws {
        let fixture = try CacheFixture()
        try await fixture.load("u")
        let (cache, member) = (fixture.authorizer.cache, CacheFixture.everybody[0])
        fixture.authorizer.scope.withKey(organization: member.organization, user: member.user) { key in
            let found = cache.rolesOrFlight(of: member, key, atLeast: nil) { () throws(AuthorizerError) in
                throw AuthorizerError(.cancelled)
            }
            guard case .known = found else { return #expect(Bool(false), "it was loaded again") }
        }
        #expect(cache.statistics.hits == 1 && cache.statistics.misses == 1)
    }

    @Test("a load under way that two misses share is counted once")
    func inFlight() async throws {
        let source = ScriptedMemberships(["data2_admin"])
        source.hold()
        let fixture = try CacheFixture(source: source)
        async let first = fixture.load("u")
        async let second = fixture.load("u")
        try await eventually(equals: 2) { fixture.authorizer.cache.statistics.misses }
        let statistics = fixture.authorizer.cache.statistics
        #expect(statistics.inFlight == 1 && statistics.loads == 1 && statistics.entries == 0)
        source.open()
        _ = try await (first, second)
        #expect(fixture.authorizer.cache.statistics.inFlight == 0)
    }
}
