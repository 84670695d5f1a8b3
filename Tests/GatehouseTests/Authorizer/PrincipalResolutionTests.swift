@_spi(Benchmarks) import Gatehouse
import GatehouseTesting
import Synchronization
import Testing

@Suite("A principal's resolved rights are used again, but never where they no longer hold")
struct PrincipalResolutionTests {
    private static let issuer = "https://issuer"
    private static let member = Member("user", in: "org", issuer: issuer)
    private let clock = ManualClock(Timestamp(clampingSecondsSinceEpoch: 1_800_000_000))

    private func engine(_ grant: String) throws -> PolicyEngine {
        try PolicyEngine(
            Policy {
                Role("reader", grants: [grant])
                Role("writer", grants: ["write"])
                Assignment("writer", to: "assigned")
            }
        )
    }

    private func authorizer(
        _ memberships: any MembershipSource = SessionClaims(),
        grants grant: String = "read",
        scopes: ScopeMap = [:]
    ) throws -> Authorizer {
        Authorizer(
            engine: try engine(grant),
            scopes: scopes,
            memberships: memberships,
            issuer: Self.issuer,
            cache: try PermissionCache(.init(jitter: 0, clock: clock.monotonic)),
            clock: clock.wall
        )
    }

    private let principal = Principal("user", issuer: issuer, organization: "org", roles: ["reader"])

    @Test("a changed copy is another principal, and the first stays as it was")
    func copies() async throws {
        let authorizer = try authorizer()
        #expect(try await authorizer.isAllowed("read", for: principal))
        let changes: [(inout Principal) -> Void] = [
            { $0.roles = [] }, { $0.roles.removeAll() }, { $0.activeRoles = [] }, { $0.tokenKind = .oauth },
            { $0.roles[0].notAfter = .distantPast }, { $0.roles[0].role = "writer" },
        ]
        for (number, change) in changes.enumerated() {
            var copy = principal
            change(&copy)
            #expect(try await !authorizer.isAllowed("read", for: copy), "change \(number)")
            #expect(try await authorizer.isAllowed("read", for: principal), "after change \(number)")
        }
        var other = principal
        other.id = "assigned"
        #expect(try await authorizer.isAllowed("write", for: other))
        #expect(try await !authorizer.isAllowed("write", for: principal))
    }

    @Test("two authorizers in turn do not take over each other's findings")
    func authorizers() async throws {
        let (first, second) = (try authorizer(), try authorizer(grants: "other"))
        let scoped = try authorizer(scopes: ["s": ["read"]])
        var delegated = principal
        (delegated.tokenKind, delegated.scopes) = (.oauth, ["s"])
        for _ in 0..<3 {
            #expect(try await first.isAllowed("read", for: principal))
            #expect(try await !second.isAllowed("read", for: principal))
            #expect(try await second.isAllowed("other", for: principal))
            #expect(try await scoped.isAllowed("read", for: delegated))
            #expect(try await !first.isAllowed("read", for: delegated))
        }
    }

    @Test("a policy that is replaced decides the next check")
    func policy() async throws {
        let authorizer = try authorizer()
        #expect(try await authorizer.isAllowed("read", for: principal))
        authorizer.policy.replace(with: try engine("other"))
        #expect(try await !authorizer.isAllowed("read", for: principal))
        #expect(try await authorizer.isAllowed("other", for: principal))
    }

    @Test("loaded roles are loaded once, and anew after each kind of change")
    func loads() async throws {
        let store = InMemoryMemberships([Self.member: ["reader"]])
        let authorizer = try authorizer(store)
        let principal = Principal(Self.member)
        func loads(_ change: () async throws -> Void) async throws -> UInt64 {
            let before = authorizer.cache.statistics.loads
            try await change()
            for _ in 0..<3 { _ = try await authorizer.isAllowed("read", for: principal) }
            return authorizer.cache.statistics.loads - before
        }
        #expect(try await loads {} == 1)
        #expect(try await loads {} == 0)
        for scope: Invalidation.Scope in [
            .member(Self.member), .organization(issuer: Self.issuer, organization: "org"),
            .user(issuer: Self.issuer, user: "user"), .role("reader"), .everything,
        ] {
            #expect(try await loads { authorizer.applyLocally(Invalidation(scope)) } == 1, "\(scope)")
        }
        #expect(try await loads { clock.advance(by: .seconds(60)) } == 1)
        try await authorizer.remove(role: "reader", from: Self.member)
        #expect(try await !authorizer.isAllowed("read", for: principal))
        #expect(try await loads { _ = try await authorizer.assign("reader", to: Self.member) } == 1)
        #expect(try await authorizer.isAllowed("read", for: principal))
    }

    @Test("roles that begin and end are judged at each check")
    func times() async throws {
        let authorizer = try authorizer()
        var principal = principal
        principal.roles = [RoleAssignment("reader", notAfter: clock.now.advanced(by: .seconds(5)))]
        #expect(try await authorizer.isAllowed("read", for: principal))
        clock.advance(by: .seconds(5))
        #expect(try await !authorizer.isAllowed("read", for: principal))
    }

    @Test("a principal and its resolved rights end together")
    func memory() async throws {
        weak var engine: PolicyEngine?
        do {
            let authorizer = try authorizer()
            engine = authorizer.engine
            let principal = principal
            #expect(try await authorizer.isAllowed("read", for: principal))
            _ = try await authorizer.resolve(principal)
            #expect(engine != nil)
            // The suite's principal has the finding, too: another authorizer's takes its place.
            _ = try await self.authorizer().isAllowed("read", for: principal)
        }
        #expect(engine == nil)
    }
}
