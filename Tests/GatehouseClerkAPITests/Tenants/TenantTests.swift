#if TestServers && AsyncHTTPClient
import Gatehouse
import GatehouseBase
import GatehouseTestingServers
import GatehouseTokens
import HTTPTypes
import Testing

@testable import GatehouseClerk

@Suite("Tenants and members, over HTTP with the fake Clerk")
struct TenantTests {
    @Test("a tenant has its plan and its maximum, and is found by its slug")
    func tenant() async throws {
        try await withFake { fake, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme", plan: "pro", maximumMembers: 25)
            #expect(tenant.plan == "pro")
            #expect(tenant.maximumMembers == 25)
            #expect(try await clerk.organizations.get("acme").id == tenant.id)
            #expect(!tenant.isMFARequired)
            #expect(try await clerk.requireMFA(organization: tenant.id).isMFARequired)
            #expect(try await clerk.organizations.demandsSecondFactor(in: tenant.id))
            #expect(try await !clerk.organizations.demandsSecondFactor(in: "acme"))
            #expect(try await !clerk.organizations.demandsSecondFactor(in: "org_unknown"))
            #expect(try await clerk.organizations.get(tenant.id).plan == "pro")
            let taken = await failure { () async throws(ClerkError) in
                try await clerk.createTenant(name: "Other", slug: "acme")
            }
            #expect(taken?.has("form_identifier_exists") == true)
            #expect(fake.deliveries.map(\.type) == ["organization.created", "organization.updated"])
        }
    }

    @Test("going on after a lost answer makes no second tenant", arguments: [FakeClerk.Fault.reset, .truncate])
    func resuming(fault: FakeClerk.Fault) async throws {
        try await withFake { fake, clerk in
            fake.fail(fault)
            let error = await failure { () async throws(ClerkError) in
                try await clerk.createTenant(name: "Acme", slug: "acme", plan: "pro", maximumMembers: 3)
            }
            #expect(error?.mayHaveHappened == true)
            #expect(error?.message.contains("resuming") == true)
            #expect(fake.requests.count == 1)
            let tenant = try await clerk.createTenant(
                name: "Acme",
                slug: "acme",
                plan: "enterprise",
                maximumMembers: 9,
                resuming: true
            )
            #expect(tenant.plan == "enterprise")
            #expect(tenant.maximumMembers == 9)
            #expect(try await clerk.organizations.list().all().map(\.id) == [tenant.id])
        }
    }

    @Test("members, invitations and domains live and go")
    func members() async throws {
        try await withFake { fake, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme", maximumMembers: 2)
            let ada = try await clerk.users.create(emailAddresses: ["ada@example.com"], firstName: "Ada")
            let bob = try await clerk.users.create(emailAddresses: ["bob@example.com"])
            let eve = try await clerk.users.create(emailAddresses: ["eve@example.com"])
            let membership = try await clerk.memberships.create(in: tenant.id, userID: ada.id, role: "org:admin")
            #expect(membership.role == "org:admin")
            #expect(membership.permissions.contains("org:sys_memberships:manage"))
            #expect(membership.identifier == "ada@example.com")
            _ = try await clerk.memberships.create(in: tenant.id, userID: bob.id, role: "org:member")
            let full = await failure { () async throws(ClerkError) in
                try await clerk.memberships.create(in: tenant.id, userID: eve.id, role: "org:member")
            }
            #expect(full?.has("organization_membership_quota_exceeded") == true)
            #expect(try await clerk.memberships.list(in: tenant.id).all().compactMap(\.userID) == [ada.id, bob.id])
            #expect(try await clerk.memberships.list(in: tenant.id, roles: ["org:admin"]).all().count == 1)
            #expect(try await clerk.memberships.get(eve.id, in: tenant.id) == nil)
            #expect(try await clerk.memberships.update(bob.id, in: tenant.id, role: "org:admin").role == "org:admin")
            try await clerk.memberships.delete(bob.id, from: tenant.id)
            #expect(try await clerk.memberships.list(ofUser: bob.id).all().isEmpty)
            let invitation = try await clerk.invitations.create(
                in: tenant.id,
                emailAddress: "new@example.com",
                role: "org:member"
            )
            let more = try await clerk.invitations.createBulk(
                in: tenant.id,
                [.init("x@example.com", role: "org:admin")]
            )
            #expect(more.map(\.role) == ["org:admin"])
            #expect(try await clerk.invitations.revoke(invitation.id, in: tenant.id).status == "revoked")
            #expect(
                try await clerk.invitations.list(in: tenant.id, status: "pending").all().map(\.id) == more.map(\.id)
            )
            let domain = try await clerk.domains.create(in: tenant.id, name: "acme.example", isVerified: false)
            #expect(!domain.isVerified)
            #expect(try await clerk.domains.verifyOwnership(domain.id, in: tenant.id).isVerified)
            try await clerk.domains.delete(domain.id, in: tenant.id)
            try await clerk.organizations.setLogo(
                tenant.id,
                to: ClerkFile(name: "l.png", mediaType: "image/png", bytes: [1, 2, 0, 255])
            )
            #expect(try await clerk.organizations.get(tenant.id).json["has_image"] == true)
            try await clerk.organizations.delete(tenant.id)
            let gone = await failure { () async throws(ClerkError) in try await clerk.organizations.get(tenant.id) }
            #expect(gone?.code == .notFound)
            #expect(gone?.traceID != nil)
            #expect(fake.deliveries.last?.type == "organization.deleted")
        }
    }

    @Test("organizations are listed over HTTP page by page, in order")
    func pages() async throws {
        try await withFake { _, clerk in
            for number in 0..<7 {
                _ = try await clerk.organizations.create(name: "Tenant \(number)", slug: "tenant-\(number)")
            }
            let names = try await clerk.organizations.list().inPages(of: 3).all().compactMap(\.name)
            #expect(names == (0..<7).map { "Tenant \($0)" })
        }
    }

    static let issuer = FakeClerk.issuer

    static func authorizer(_ clerk: ClerkClient, _ bus: (any InvalidationBus)? = nil) throws -> Authorizer {
        let policy = Policy {
            Role("org:member") { Grants("org:invoices:read") }
            Role("org:admin") {
                Inherits("org:member")
                Grants("org:invoices:void")
            }
        }
        return Authorizer(
            engine: try PolicyEngine(policy),
            memberships: ClerkMembershipSource(clerk, issuer: issuer),
            issuer: issuer,
            bus: bus
        )
    }

    @Test("a given or removed role counts in the next check, and only a removal refuses old tokens")
    func roles() async throws {
        try await withFake { fake, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme", maximumMembers: 0).id
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            let authorizer = try Self.authorizer(clerk)
            func mayVoid() async throws -> Bool {
                try await authorizer.isAllowed(
                    organization: tenant,
                    user: user,
                    permission: Permission("org:invoices:void")
                )
            }
            let principal = Principal(user, issuer: Self.issuer, organization: .init(tenant))
            let before = WallClock.system.now().advanced(by: .seconds(-1))
            #expect(try await !mayVoid())
            let change = try await clerk.assignRole("admin", to: user, in: tenant, through: authorizer)
            #expect(change.warnings.isEmpty)
            #expect(try await mayVoid())
            #expect(authorizer.marks.accepts(principal, issuedAt: before))
            try await clerk.assignRole("org:member", to: user, in: tenant, through: authorizer)
            #expect(try await !mayVoid())
            #expect(!authorizer.marks.accepts(principal, issuedAt: before))
            #expect(authorizer.marks.accepts(principal, issuedAt: WallClock.system.now().advanced(by: .seconds(2))))
            try await clerk.removeRole("org:member", from: user, in: tenant, through: authorizer)
            #expect(try await clerk.memberships.get(user, in: tenant) == nil)
            let asked = fake.requests.count
            #expect(try await !mayVoid())
            #expect(fake.requests.count == asked + 1)
            #expect(try await !mayVoid())
            #expect(fake.requests.count == asked + 1)
        }
    }

    @Test("a change that Clerk refuses is the caller's mistake, and revokes nothing")
    func refused() async throws {
        try await withFake { _, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme", maximumMembers: 0).id
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            let authorizer = try Self.authorizer(clerk)
            let now = WallClock.system.now()
            let changes: [(RoleAssignment, Member)] = [
                ("org:member", Member("user_nobody", in: tenant, issuer: Self.issuer)),
                ("org:member", Member(user, in: "org_nowhere", issuer: Self.issuer)),
                ("org:member", Member(user, in: nil, issuer: Self.issuer)),
                (RoleAssignment("org:member", notAfter: now), Member(user, in: tenant, issuer: Self.issuer)),
            ]
            for (role, member) in changes {
                let error = await #expect(throws: AuthorizerError.self) {
                    try await authorizer.assign(role, to: member)
                }
                #expect(error?.code == .changeRefused, "\(member)")
            }
            #expect(authorizer.marks.count == 0 && authorizer.cache.statistics.invalidations == 0)
        }
    }

    @Test("another node on the bus sees given and removed roles", .timeLimit(.minutes(1)))
    func bus() async throws {
        try await withFake { _, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme", maximumMembers: 0).id
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            let bus = InProcessInvalidationBus()
            let here = try Self.authorizer(clerk, bus.endpoint())
            let there = try Self.authorizer(clerk, bus.endpoint())
            let following = Task { try await there.followBus() }
            defer { following.cancel() }
            try await eventually(equals: 1) { bus.subscriberCount }
            bus.sendHeartbeat()
            func mayVoid() async throws -> Bool {
                try await there.isAllowed(
                    organization: tenant,
                    user: user,
                    permission: Permission("org:invoices:void")
                )
            }
            #expect(try await !mayVoid())
            try await clerk.assignRole("org:admin", to: user, in: tenant, through: here)
            try await eventually(equals: true) { try await mayVoid() }
            let principal = Principal(user, issuer: Self.issuer, organization: .init(tenant))
            let issued = WallClock.system.now()
            #expect(there.marks.accepts(principal, issuedAt: issued))
            try await clerk.removeRole("org:admin", from: user, in: tenant, through: here)
            try await eventually(equals: false) { there.marks.accepts(principal, issuedAt: issued) }
            #expect(try await !mayVoid())
        }
    }

    @Test("two instances with equal key ids share nothing")
    func instances() async throws {
        try await withFake { one, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme").id
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            _ = try await clerk.memberships.create(in: tenant, userID: user, role: "org:admin")
            let token = try one.sessionToken(of: user, in: tenant)
            try await FakeClerk.run(keyPair: try KeyPair(id: one.keyPair.id)) { two in
                let other = try ClerkClient(
                    secretKey: two.secretKey,
                    transport: clerk.transport,
                    configuration: two.configuration
                )
                #expect(try await other.organizations.list().all().isEmpty)
                let member = Member(user, in: tenant, issuer: FakeClerk.issuer)
                #expect(try await ClerkMembershipSource(other, issuer: FakeClerk.issuer).membership(of: member) == [])
                let verifier = TokenVerifier(keys: try two.keyPair.keySet)
                await #expect(throws: TokenError.self) { try await verifier.verify(token) }
                let own = TokenVerifier(keys: try one.keyPair.keySet)
                #expect(try await own.verify(token).subject == user)
                // Keys by address: two sources in one process, and keys of one id.
                func source(_ fake: FakeClerk) throws -> RemoteKeySet {
                    let url = fake.url + "/.well-known/jwks.json"
                    return try RemoteKeySet(configuration: .init(url: url), transport: clerk.transport)
                }
                let (first, second) = (TokenVerifier(keys: try source(one)), TokenVerifier(keys: try source(two)))
                #expect(try await first.verify(token).subject == user)
                await #expect(throws: TokenError.self) { try await second.verify(token) }
                #expect(try await first.verify(token).subject == user)
                // Permissions and marks: the one's are not the other's, though ids and issuers are equal.
                let (here, there) = (try Self.authorizer(clerk), try Self.authorizer(other))
                func mayVoid(_ authorizer: Authorizer) async throws -> Bool {
                    let permission = Permission("org:invoices:void")
                    return try await authorizer.isAllowed(organization: tenant, user: user, permission: permission)
                }
                let asked = (one.requests.count, two.requests.count)
                #expect(try await mayVoid(here))
                #expect(try await !mayVoid(there))
                #expect(one.requests.count == asked.0 + 1 && two.requests.count == asked.1 + 1)
                let principal = Principal(user, issuer: Self.issuer, organization: .init(tenant))
                let issued = WallClock.system.now()
                try await clerk.removeRole("org:admin", from: user, in: tenant, through: here)
                #expect(!here.marks.accepts(principal, issuedAt: issued))
                #expect(there.marks.accepts(principal, issuedAt: issued))
                #expect(try await !mayVoid(here))
            }
        }
    }

    @Test("a caller that gives a role is told of a directory that may undo it")
    func directoryWarning() async throws {
        try await withFake { _, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme").id
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            let connection = try await clerk.connections.createSAML(
                name: "Acme",
                domains: ["acme.example"],
                organization: tenant,
                provider: .metadata(at: "https://idp.acme.example/metadata")
            ).connection
            let role = try #require(try await clerk.roles.list().all().first).id
            let directory = try await clerk.directories.create(
                connectionID: connection.id,
                provider: "okta",
                name: "People",
                adding: ["group_role_mappings": [["directory_group_id": "g1", "role_id": .string(role)]]]
            )
            #expect(directory.apiKey != nil)
            #expect(try await clerk.directories.get(directory.id).apiKey == nil)
            let change = try await clerk.assignRole(
                "org:member",
                to: user,
                in: tenant,
                through: try Self.authorizer(clerk)
            )
            #expect(change.warnings.count == 1)
            #expect(change.warnings.first?.contains("People") == true)
        }
    }

    @Test("the membership source fails where Clerk does not answer")
    func unavailable() async throws {
        try await withFake { fake, clerk in
            let source = ClerkMembershipSource(clerk, issuer: Self.issuer)
            fake.fail(.status(503), times: 10)
            await #expect(throws: MembershipSourceError.self) {
                try await source.membership(of: Member("user_1", in: "org_1", issuer: Self.issuer))
            }
        }
    }

    @Test("the source of memberships passes the conformance tests")
    func conformance() async throws {
        try await withFake { _, clerk in
            let tenant = try await clerk.createTenant(name: "Acme", slug: "acme").id
            let user = try await clerk.users.create(emailAddresses: ["ada@example.com"]).id
            _ = try await clerk.memberships.create(in: tenant, userID: user, role: "org:admin")
            let source = ClerkMembershipSource(clerk, issuer: Self.issuer)
            let violations = await MembershipConformance.violations(
                of: source,
                expected: [Member(user, in: tenant, issuer: Self.issuer): ["org:admin"]],
                strangers: [
                    Member("user_nobody", in: tenant, issuer: Self.issuer),
                    Member(user, in: "acme", issuer: Self.issuer),
                ]
            )
            #expect(violations.isEmpty)
        }
    }
}
#endif
