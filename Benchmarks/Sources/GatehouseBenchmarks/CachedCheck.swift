import Gatehouse

/// One permission check by strings on a warm cache, with identifiers as long as Clerk's.
struct CachedCheck {
    private struct Memberships: MembershipSource {
        var staleness: Duration? { .zero }

        func membership(of member: Member) -> Membership? { Membership(roles: ["org:admin"]) }
    }

    private let authorizer: Authorizer
    private let organization = "org_2abcdefghijklmnopqrstuvwxyz"
    private let user = "user_2abcdefghijklmnopqrstuvwxyz"
    private let permission = "org:invoices:read"
    private let principal: ResolvedPrincipal

    init() async throws {
        let engine = try PolicyEngine(
            Policy {
                Role("org:member") { Grants("org:invoices:read", "org:reports:*") }
                Role("org:admin") {
                    Inherits("org:member")
                    Grants("org:invoices:*", "org:members:manage")
                    Denies("org:invoices:void")
                }
            }
        )
        authorizer = Authorizer(
            engine: engine,
            memberships: Memberships(),
            issuer: "https://clerk.example.com"
        )
        principal = engine.resolve(Principal(user, roles: ["org:admin"]))
        _ = try await authorizer.isAllowed(organization: organization, user: user, permission: "org:invoices:read")
    }

    @inline(never)
    func byStrings(_ count: Int) throws {
        for _ in 0..<count {
            guard authorizer.cachedAnswer(organization: organization, user: user, permission: permission) == true
            else { throw WrongAnswer() }
        }
    }

    @inline(never)
    func resolved(_ count: Int) throws {
        let permission: Permission = "org:invoices:read"
        for _ in 0..<count {
            guard principal.allows(permission, at: .distantPast) else { throw WrongAnswer() }
        }
    }
}

/// A benchmark whose answer is wrong measures nothing.
struct WrongAnswer: Error {}
