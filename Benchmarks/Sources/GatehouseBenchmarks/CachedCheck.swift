import Gatehouse
import GatehouseTesting

/// Permission checks on a warm cache, with identifiers as long as Clerk's.
struct CachedCheck {
    private struct Admins: MembershipSource {
        func membership(of member: Member) -> Membership? { ["org:admin"] }
    }

    /// A list of members to ask about, in random order.
    private struct Query {
        let organization: String
        let user: String
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
    private var queries: [Query]
    private let permission: Permission = "org:invoices:read"
    private let permissionName = "org:invoices:read"
    private let resolved: ResolvedPrincipal

    /// - Parameter members: how many members are remembered, a hundred in each organization.
    init(members: Int) async throws {
        authorizer = Authorizer(
            engine: try PolicyEngine(Self.policy),
            memberships: Admins(),
            issuer: "https://clerk.example.com",
            cache: PermissionCache(.init(capacity: 200_000, timeToLive: .seconds(3_600)))
        )
        queries = Self.queries(members)
        for query in queries {
            _ = try await authorizer.isAllowed(
                organization: query.organization,
                user: query.user,
                permission: permission
            )
        }
        resolved = try await authorizer.resolve(
            Principal(
                queries[0].user,
                issuer: "https://clerk.example.com",
                organization: Principal.Organization(queries[0].organization)
            )
        )
    }

    /// In random order, but each pair of texts beside the last: a request brings its own, fresh from the network.
    private static func queries(_ members: Int) -> [Query] {
        (0..<members).shuffled().map { Query(organization: organization($0 / 100), user: user($0)) }
    }

    /// The same cache, asked in another order with other texts.
    func onItsOwn() -> CachedCheck {
        var check = self
        check.queries = Self.queries(queries.count)
        return check
    }

    static func organization(_ number: Int) -> String { text("org_", number) }
    static func user(_ number: Int) -> String { text("user_", number) }

    /// 31 bytes, of which all differ from number to number, as those of random ids do.
    private static func text(_ prefix: String, _ number: Int) -> String {
        var state = UInt64(truncatingIfNeeded: number) &+ 1
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return prefix
            + String(
                (0..<(31 - prefix.utf8.count)).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return alphabet[Int(state >> 33) % alphabet.count]
                }
            )
    }

    @inline(never)
    func typed(_ count: Int) throws {
        try repeated(count) {
            authorizer.cachedAnswer(organization: $0.organization, user: $0.user, permission: permission)
        }
    }

    @inline(never)
    func byStrings(_ count: Int) throws {
        try repeated(count) {
            authorizer.cachedAnswer(organization: $0.organization, user: $0.user, permission: permissionName)
        }
    }

    @inline(__always)
    private func repeated(_ count: Int, _ answer: (Query) -> Bool?) throws {
        var next = 0
        for _ in 0..<count {
            guard answer(queries[next]) == true else { throw WrongAnswer() }
            next += 1
            if next == queries.count { next = 0 }
        }
    }

    @inline(never)
    func byResolvedPrincipal(_ count: Int) throws {
        for _ in 0..<count {
            guard authorizer.cachedAnswer(permission, for: resolved) == true else { throw WrongAnswer() }
        }
    }

    @inline(never)
    func resolved(_ count: Int) throws {
        for _ in 0..<count {
            guard resolved.allows(permission, at: .distantPast) else { throw WrongAnswer() }
        }
    }

    /// The same members and permissions as whoever writes a cache in an afternoon keeps them.
    func plainCache() -> PlainCache {
        let granted: Set<String> = ["org:invoices:read", "org:reports:read", "org:invoices:pay", "org:members:manage"]
        return PlainCache(members: queries.map { ($0.organization, $0.user) }, permissions: granted, permissionName)
    }
}

/// A benchmark whose answer is wrong measures nothing.
struct WrongAnswer: Error {}
