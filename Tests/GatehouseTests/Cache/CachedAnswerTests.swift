@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import Testing

@Suite("An answer that is at hand")
struct CachedAnswerTests {
    /// Some fit into a few words, and some do not.
    private static let counts = [1, 31, 32, 33, 64, 65, 250]

    @Test(
        "an answer is the same by name, typed and to a resolved principal, for ids and names of all lengths",
        arguments: counts,
        counts
    )
    func lengths(ids: Int, name: Int) async throws {
        let (id, other) = (String(repeating: "i", count: ids), String(repeating: "i", count: ids - 1) + "j")
        let (granted, unnamed) = (text("n", name), text("n", name, end: "o"))
        let denied = text("n", name, end: "d")
        let policy = Policy {
            Role("reader") {
                Grants(granted)
                Denies(denied)
            }
        }
        let store = InMemoryMemberships([
            Member(id, in: id, issuer: ""): ["reader"], Member(id, in: nil, issuer: ""): ["reader"],
        ])
        let authorizer = try authorizer(policy, store)
        for (organization, user) in [(id, id), (nil, id), (id, other), (other, id)] as [(String?, String)] {
            #expect(authorizer.cachedAnswer(organization: organization, user: user, permission: granted) == nil)
            let resolved = try await authorizer.resolve(Principal(Member(user, in: organization, issuer: "")))
            let isReader = user == id && organization != other
            for (permission, isAllowed) in [(granted, isReader), (denied, false), (unnamed, false)] {
                let typed = try Permission(validating: permission)
                #expect(
                    try await authorizer.isAllowed(organization: organization, user: user, permission: typed)
                        == isAllowed
                )
                #expect(
                    authorizer.cachedAnswer(organization: organization, user: user, permission: permission) == isAllowed
                )
                #expect(authorizer.cachedAnswer(organization: organization, user: user, permission: typed) == isAllowed)
                #expect(authorizer.cachedAnswer(typed, for: resolved) == isAllowed)
            }
        }
    }

    @Test("an answer is its own member's, whichever of the two ids is long", arguments: [(3, 40), (40, 3), (40, 40)])
    func mixed(user: Int, organization: Int) async throws {
        let (user, organization) = (text("u", user), text("o", organization))
        let store = InMemoryMemberships([Member(user, in: organization, issuer: ""): ["reader"]])
        let authorizer = try authorizer(CacheFixture.policy, store)
        func answer() -> Bool? { authorizer.cachedAnswer(organization: organization, user: user, permission: "read") }
        for scope in [
            .member(Member(user, in: organization, issuer: "")), .user(issuer: "", user: user),
            .organization(issuer: "", organization: organization),
        ] as [Invalidation.Scope] {
            _ = try await authorizer.isAllowed(organization: organization, user: user, permission: "read")
            #expect(answer() == true)
            authorizer.applyLocally(Invalidation(scope))
            #expect(answer() == nil)
        }
    }

    @Test("an answer to a malformed permission is no")
    func malformed() async throws {
        let fixture = try CacheFixture()
        try await fixture.load("u")
        for name in ["", ":", "read ", "re*d", String(repeating: "x", count: 257)] {
            #expect(fixture.authorizer.cachedAnswer(organization: "o", user: "u", permission: name) == false)
            #expect(fixture.authorizer.cachedAnswer(organization: "o", user: "w", permission: name) == nil)
        }
    }

    @Test("an answer at hand counts as one hit", arguments: ["read", "unnamed", "not a name"])
    func hits(permission: String) async throws {
        let fixture = try CacheFixture()
        try await fixture.load("u")
        let before = fixture.authorizer.cache.statistics.hits
        _ = fixture.authorizer.cachedAnswer(organization: "o", user: "u", permission: permission)
        #expect(fixture.authorizer.cache.statistics.hits == before + 1)
        _ = fixture.authorizer.cachedAnswer(organization: "o", user: "w", permission: permission)
        #expect(fixture.authorizer.cache.statistics.hits == before + 1)
    }

    /// Its time stands still, so that nothing expires however long the test takes.
    private func authorizer(_ policy: Policy, _ store: InMemoryMemberships) throws -> Authorizer {
        var configuration = PermissionCache.Configuration()
        configuration.clock = ManualClock(.distantPast).monotonic
        return Authorizer(
            engine: try PolicyEngine(policy),
            memberships: store,
            issuer: "",
            cache: try PermissionCache(configuration)
        )
    }

    private func text(_ character: String, _ count: Int, end: String = "") -> String {
        String(repeating: character, count: count - end.utf8.count) + end
    }
}
