@_spi(Benchmarks) import Gatehouse
import GatehouseTesting

/// Permission checks on a warm cache, with identifiers as long as Clerk's.
struct CachedCheck {
    private struct Admins: MembershipSource {
        func membership(of member: Member) -> Membership? { ["org:admin"] }
    }

    static let policy = Policy {
        Role("org:member") { Grants("org:invoices:read", "org:reports:*") }
        Role("org:admin") {
            Inherits("org:member")
            Grants("org:invoices:*", "org:members:manage")
            Denies("org:invoices:void")
        }
    }

    private let authorizer: Authorizer
    private var queries: Queries
    private let permission: Permission = "org:invoices:read"
    private let permissionName = "org:invoices:read"
    private let resolved: LeasedPrincipal

    private let principal: Principal

    /// - Parameters:
    ///   - members: how many members are remembered, a hundred in each organization.
    ///   - suffix: what makes their ids longer than Clerk's.
    init(members: Int, suffix: String = "") async throws {
        authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            memberships: Admins(),
            issuer: "https://clerk.example.com",
            cache: try PermissionCache(.init(capacity: 200_000, timeToLive: .seconds(3_600)))
        )
        queries = Queries(members: members, suffix: suffix)
        // In another order than they are asked for.
        for query in queries.all.shuffled() {
            _ = try await authorizer.isAllowed(
                organization: query.organization,
                user: query.user,
                permission: permission
            )
        }
        principal = Principal(
            queries.all[0].user,
            issuer: "https://clerk.example.com",
            organization: Principal.Organization(queries.all[0].organization)
        )
        resolved = try await authorizer.resolve(principal)
    }

    /// The same cache, asked in another order with other texts.
    func onItsOwn() -> CachedCheck {
        var check = self
        check.queries = Queries(members: queries.all.count)
        return check
    }

    @inline(never)
    func typed(_ count: Int) throws {
        try queries.ask(count) {
            authorizer.cachedAnswer(organization: $0.organization, user: $0.user, permission: permission)
        }
    }

    @inline(never)
    func byStrings(_ count: Int) throws {
        try queries.ask(count) {
            authorizer.cachedAnswer(organization: $0.organization, user: $0.user, permission: permissionName)
        }
    }

    /// As whoever need not know what is remembered asks. The loop counts references, so that ``typedLikewise(_:)`` stands beside.
    @inline(never)
    func askedTyped(_ count: Int) async throws {
        var next = 0
        for _ in 0..<count {
            let query = queries.all[next]
            next = next + 1 == queries.all.count ? 0 : next + 1
            let isAllowed = try await authorizer.isAllowed(
                organization: query.organization,
                user: query.user,
                permission: permission
            )
            guard isAllowed else { throw WrongAnswer() }
        }
    }

    @inline(never)
    func typedLikewise(_ count: Int) throws {
        var next = 0
        for _ in 0..<count {
            let query = queries.all[next]
            next = next + 1 == queries.all.count ? 0 : next + 1
            let isAllowed = authorizer.cachedAnswer(
                organization: query.organization,
                user: query.user,
                permission: permission
            )
            guard isAllowed == true else { throw WrongAnswer() }
        }
    }

    @inline(never)
    func byResolvedPrincipal(_ count: Int) throws {
        for _ in 0..<count {
            guard authorizer.cachedAnswer(permission, for: resolved) == true else { throw WrongAnswer() }
        }
    }

    /// As for each request of somebody whose roles are remembered.
    @inline(never)
    func resolving(_ count: Int) async throws {
        for _ in 0..<count {
            let resolved = try await authorizer.resolve(principal)
            guard authorizer.cachedAnswer(permission, for: resolved) == true else { throw WrongAnswer() }
        }
    }

    @inline(never)
    func resolved(_ count: Int) throws {
        for _ in 0..<count {
            guard resolved.principal.allows(permission, at: .distantPast) else { throw WrongAnswer() }
        }
    }

    /// The same members and permissions as whoever writes a cache in an afternoon keeps them.
    func plainCache() -> PlainCache {
        let granted = ["org:invoices:read", "org:reports:read", "org:invoices:pay", "org:members:manage"]
        return PlainCache(queries, permissions: granted, permissionName)
    }
}

/// A benchmark whose answer is wrong measures nothing.
struct WrongAnswer: Error {}
