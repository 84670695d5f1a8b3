@_spi(Benchmarks) import Gatehouse
import GatehouseTesting

/// A cache over a store, on a clock that is moved by hand.
struct CacheFixture {
    static let issuer = "https://issuer"
    static let everybody = [
        Member("u", in: "o", issuer: issuer), Member("v", in: "o", issuer: issuer),
        Member("u", in: "p", issuer: issuer), Member("u", in: nil, issuer: issuer),
        Member("u", in: "o", issuer: "https://other"),
    ]

    let clock = ManualClock(.distantPast)
    let store = InMemoryMemberships(Dictionary(uniqueKeysWithValues: everybody.map { ($0, ["reader"]) }))
    let authorizer: Authorizer

    init(source: (any MembershipSource)? = nil, _ configuration: PermissionCache.Configuration = .init(jitter: 0))
        throws
    {
        var configuration = configuration
        configuration.clock = clock.monotonic
        authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            memberships: source ?? store,
            issuer: Self.issuer,
            cache: try PermissionCache(configuration),
            clock: clock.wall
        )
    }

    static let policy = Policy {
        Role("reader") { Grants("read") }
        Role("lead") { Inherits("reader") }
    }

    func resolve(_ member: Member) async throws -> LeasedPrincipal {
        try await authorizer.resolve(Principal(member))
    }

    @discardableResult
    func load(_ user: String, minimumRevision revision: MembershipRevision? = nil) async throws(AuthorizerError) -> Bool
    {
        try await authorizer.isAllowed(organization: "o", user: user, permission: "read", minimumRevision: revision)
    }

    func isRemembered(_ user: String) -> Bool {
        authorizer.cachedAnswer(organization: "o", user: user, permission: "read") != nil
    }
}
