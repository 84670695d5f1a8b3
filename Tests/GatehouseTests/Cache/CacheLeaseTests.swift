import GatehouseTesting
import Testing

@_spi(Benchmarks) @testable import Gatehouse

@Suite("A resolved principal answers while its remembered roles hold")
struct CacheLeaseTests {
    private static let member = CacheFixture.everybody[0]

    private static let endings: [(String, @Sendable (CacheFixture) async throws -> Void)] = [
        ("its member is invalidated", { $0.authorizer.applyLocally(Invalidation(.member(member))) }),
        ("its user is", { $0.authorizer.applyLocally(Invalidation(.user(issuer: CacheFixture.issuer, user: "u"))) }),
        (
            "its organization is",
            { $0.authorizer.applyLocally(Invalidation(.organization(issuer: CacheFixture.issuer, organization: "o"))) }
        ), ("its role is", { $0.authorizer.applyLocally(Invalidation(.role("reader"))) }),
        ("everything is", { $0.authorizer.applyLocally(Invalidation(.everything)) }),
        ("its time is over", { $0.clock.advance(by: .seconds(60)) }),
        ("others take its place", { try await $0.load("v") }),
        ("the policy is replaced", { $0.authorizer.policy.replace(with: try PolicyEngine(CacheFixture.policy)) }),
        (
            "it is resolved under another policy",
            { fixture in
                fixture.authorizer.policy.replace(with: try PolicyEngine(Policy()))
                _ = try await fixture.load("u")
                fixture.authorizer.policy.replace(with: try PolicyEngine(CacheFixture.policy))
            }
        ),
        (
            "its member is invalidated, when another policy was in force meanwhile",
            { fixture in
                let engine = fixture.authorizer.policy.engine
                fixture.authorizer.policy.replace(with: try PolicyEngine(Policy()))
                _ = try await fixture.load("u")
                fixture.authorizer.policy.replace(with: engine)
                fixture.authorizer.applyLocally(Invalidation(.member(member)))
            }
        ),
    ]

    @Test("a resolved principal stops answering when its entry ends, in each way", arguments: endings.indices)
    func ending(index: Int) async throws {
        let fixture = try CacheFixture(.init(capacity: 1, jitter: 0))
        let resolved = try await fixture.resolve(Self.member)
        #expect(fixture.authorizer.cachedAnswer("read", for: resolved) == true)
        #expect(fixture.authorizer.cachedAnswer("write", for: resolved) == false)
        try await Self.endings[index].1(fixture)
        for permission in ["read", "write"] as [Permission] {
            #expect(fixture.authorizer.cachedAnswer(permission, for: resolved) == nil, "\(Self.endings[index].0)")
        }
        let again = try await fixture.resolve(Self.member)
        #expect(fixture.authorizer.cachedAnswer("read", for: again) == true)
    }

    @Test(
        "a resolved principal still answers after an invalidation of others",
        arguments: [
            .member(CacheFixture.everybody[1]), .user(issuer: CacheFixture.issuer, user: "v"),
            .organization(issuer: CacheFixture.issuer, organization: "p"), .role("lead"),
            .session(issuer: CacheFixture.issuer, session: "s"),
        ] as [Invalidation.Scope]
    )
    func others(scope: Invalidation.Scope) async throws {
        let fixture = try CacheFixture()
        let resolved = try await fixture.resolve(Self.member)
        fixture.authorizer.applyLocally(Invalidation(scope))
        #expect(fixture.authorizer.cachedAnswer("read", for: resolved) == true)
    }

    @Test("a resolved principal still answers after others ask about the same user")
    func asked() async throws {
        let fixture = try CacheFixture()
        let resolved = try await fixture.resolve(Self.member)
        try await fixture.load("u")
        _ = try await fixture.resolve(Self.member)
        #expect(fixture.authorizer.cachedAnswer("read", for: resolved) == true)
    }

    @Test("a principal of claims alone answers without memory until the policy is replaced")
    func claims() async throws {
        let fixture = try CacheFixture(source: SessionClaims())
        let resolved = try await fixture.authorizer.resolve(Principal("u", roles: ["lead"]))
        fixture.clock.advance(by: .seconds(3_600))
        fixture.authorizer.applyLocally(Invalidation(.everything))
        #expect(fixture.authorizer.cachedAnswer("read", for: resolved) == true)
        #expect(fixture.authorizer.cache.statistics.loads == 0)
        fixture.authorizer.policy.replace(with: try PolicyEngine(Policy()))
        #expect(fixture.authorizer.cachedAnswer("read", for: resolved) == nil)
    }

    @Test("roles loaded before an invalidation have no lease and do not replace roles loaded after")
    func earlierRoles() async throws {
        let source = ScriptedMemberships(["reader"])
        let fixture = try CacheFixture(source: source)
        let authorizer = fixture.authorizer
        let earlier = try await authorizer.roles(of: Self.member, authorizer.scope)
        authorizer.applyLocally(Invalidation(.member(Self.member)))
        source.answer([])
        _ = try await fixture.resolve(Self.member)  // what was loaded after has a lease
        authorizer.scope.withKey(organization: "o", user: "u") { key in
            let moment = authorizer.cache.moment()
            #expect(!authorizer.cache.lease(of: earlier, key).isUsable(moment))
            authorizer.cache.replace(earlier, with: earlier, key)
        }
        #expect(authorizer.cachedAnswer(organization: "o", user: "u", permission: "read") == false)
    }

    @Test("a new policy's view of roles that are no longer remembered leaves nothing behind")
    func renewedTooLate() async throws {
        let fixture = try CacheFixture()
        let authorizer = fixture.authorizer
        let roles = try await authorizer.roles(of: Self.member, authorizer.scope)
        authorizer.applyLocally(Invalidation(.member(Self.member)))
        authorizer.policy.replace(with: try PolicyEngine(CacheFixture.policy))
        _ = authorizer.current(roles, of: Self.member, authorizer.scope)
        #expect(authorizer.cache.indexCount == 0)
    }

    @Test("a principal resolved by a cache that remembers nothing has no answer at hand")
    func notRemembered() async throws {
        let source = ScriptedMemberships(["reader"])
        let fixture = try CacheFixture(source: source, .init(timeToLive: .zero))
        // Nothing tells how long it holds.
        let resolved = try await fixture.resolve(Self.member)
        #expect(resolved.principal.allows("read", at: fixture.clock.now))
        #expect(fixture.authorizer.cachedAnswer("read", for: resolved) == nil)
    }
}
