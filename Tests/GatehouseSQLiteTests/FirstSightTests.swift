#if SQLite
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import HTTPTypes
import Synchronization
import Testing

/// Users whom the directory has never seen.
struct FirstSightTests {
    /// An API with one member, which counts how often it is asked for the user.
    private final class OneMember: DirectoryBackend {
        private struct Down: Error {}
        let asked = Mutex(0)
        let isDown = Mutex(false)

        func users(from cursor: String?) async throws -> DirectoryPage<DirectoryUser> { DirectoryPage([]) }
        func organizations(from cursor: String?) async throws -> DirectoryPage<DirectoryOrganization> {
            DirectoryPage([])
        }
        func memberships(of organization: String, from cursor: String?) async throws -> DirectoryPage<
            DirectoryMembership
        > { DirectoryPage([]) }
        func user(_ id: String) async throws -> DirectoryUser? {
            asked.withLock { $0 += 1 }
            if isDown.withLock({ $0 }) { throw Down() }
            let time = Timestamp(clampingMilliseconds: 5)
            return id == "u" ? DirectoryUser("u", email: "whole@example.com", created: time, updated: time) : nil
        }
        func organization(_ id: String) async throws -> DirectoryOrganization? { nil }
        func memberships(of user: String, in organization: String) async throws -> [DirectoryMembership] {
            guard user == "u", organization == "org_1" else { return [] }
            return [
                DirectoryMembership(
                    "mem_1",
                    user: user,
                    organization: organization,
                    role: "org:admin",
                    created: Timestamp(clampingMilliseconds: 5),
                    updated: Timestamp(clampingMilliseconds: 6)
                )
            ]
        }
    }

    private func member(_ user: String) -> Member { Member(user, in: "org_1", issuer: ClerkSender.issuer) }

    @Test func `A user first seen in a token is fetched in the same check, and loses nothing by that`() async throws {
        let sender = try await ClerkSender()
        let backend = OneMember()
        let memberships = sender.records.memberships(issuer: ClerkSender.issuer, backend: backend)
        #expect(try await memberships.membership(of: member("u"))?.roles == ["org:admin"])
        #expect(try await memberships.membership(of: member("u"))?.roles == ["org:admin"])
        #expect(backend.asked.withLock { $0 } == 1)
        let entry = try await sender.records.read { try $0.user("u", issuer: ClerkSender.issuer) }
        #expect(entry?.object?.email == "whole@example.com")
        #expect(try await sender.records.read { try $0.marks(since: .distantPast) } == [])
        // Nobody has this id: no roles.
        #expect(try await memberships.membership(of: member("nobody"))?.roles == [])
        // A deleted one is not asked for again.
        _ = try await sender.send(ClerkSender.event("user.deleted", ["id": "u", "deleted": true], at: 99), id: "d")
        #expect(try await memberships.membership(of: member("u"))?.roles == [])
        #expect(backend.asked.withLock { $0 } == 2)
    }

    @Test func `Where the provider does not answer, a check of somebody unknown is undecided`() async throws {
        let sender = try await ClerkSender()
        let backend = OneMember()
        backend.isDown.withLock { $0 = true }
        let memberships = sender.records.memberships(issuer: ClerkSender.issuer, backend: backend)
        await #expect(throws: MembershipSourceError.self) { try await memberships.membership(of: member("u")) }
    }

    @Test(arguments: [false, true])
    func `A user first seen in a membership is fetched before that is stored, if the provider answers`(_ isDown: Bool)
        async throws
    {
        let sender = try await ClerkSender()
        let backend = OneMember()
        backend.isDown.withLock { $0 = isDown }
        let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let webhooks = WebhookReceiver(
            sender.records,
            source: ClerkWebhookSource(),
            verifier: try WebhookVerifier(secrets: [secret], clock: sender.clock.wall),
            rules: DirectoryRules(issuer: ClerkSender.issuer),
            backend: backend,
            clock: sender.clock.wall,
            invalidate: { _ in }
        )
        func send(_ id: String) async throws {
            let data = ClerkSender.membership(id, "u", in: "org_1", role: "org:member", created: 7, updated: 7)
            let body = ClerkSender.event("organizationMembership.created", data, at: 7).utf8
            let fields = try WebhookSigner(secret).headerFields(id: id, at: sender.clock.now, body: body)
            #expect(await webhooks.receive(fields, body: body) == .stored)
        }
        try await send("m1")
        try await send("m2")
        let user = try await sender.records.read { try $0.user("u", issuer: ClerkSender.issuer)?.object }
        #expect(user?.email == (isDown ? nil : "whole@example.com"))
        #expect(user?.firstName == (isDown ? "A" : nil))
        #expect(backend.asked.withLock { $0 } == (isDown ? 2 : 1))
    }

    // MARK: Tokens that carry all roles

    private func principal(_ user: String, kind: Principal.Kind = .user, issuer: String = ClerkSender.issuer)
        -> Principal
    {
        Principal(user, kind: kind, issuer: issuer, organization: "org_1", roles: ["org:member"])
    }

    private func check(_ principal: Principal, _ discovery: DirectoryDiscovery<SQLiteRecords>) async throws {
        let engine = try PolicyEngine(Policy(roles: [Role("org:member", grants: ["docs:read"])]))
        let authorizer = Authorizer(engine: engine, issuer: ClerkSender.issuer, observers: [discovery])
        #expect(try await authorizer.isAllowed("docs:read", for: principal))
    }

    @Test(arguments: [false, true])
    func `A user of a token that carries all roles is fetched once, and the check waits only if told so`(
        isAwaited: Bool
    ) async throws {
        let sender = try await ClerkSender()
        let backend = OneMember()
        let discovery = DirectoryDiscovery(
            sender.records,
            issuer: ClerkSender.issuer,
            backend: backend,
            isAwaited: isAwaited,
            clock: sender.clock.wall
        )
        func email() async throws -> String? {
            try await sender.records.read { try $0.user("u", issuer: ClerkSender.issuer)?.object?.email }
        }
        try await check(principal("u"), discovery)
        #expect(try await email() == (isAwaited ? "whole@example.com" : nil))
        try await check(principal("u"), discovery)
        #expect(await discovery.lookUpNoted())
        #expect(try await email() == "whole@example.com")
        let held = try await sender.records.read { try $0.recordedRoles(of: member("u")).map(\.role) }
        #expect(held == ["org:admin"])
        try await check(principal("u"), discovery)
        #expect(await discovery.lookUpNoted())
        #expect(backend.asked.withLock { $0 } == 1)
        // Another process knows the user from the directory.
        let second = DirectoryDiscovery(sender.records, issuer: ClerkSender.issuer, backend: backend)
        try await check(principal("u"), second)
        #expect(await second.lookUpNoted())
        #expect(backend.asked.withLock { $0 } == 1)
    }

    @Test(arguments: [false, true])
    func `Where the provider does not answer, the check is decided, and the next one asks again`(isAwaited: Bool)
        async throws
    {
        let sender = try await ClerkSender()
        let backend = OneMember()
        backend.isDown.withLock { $0 = true }
        let failures = Mutex(0)
        let discovery = DirectoryDiscovery(
            sender.records,
            issuer: ClerkSender.issuer,
            backend: backend,
            isAwaited: isAwaited,
            failed: { _ in failures.withLock { $0 += 1 } }
        )
        try await check(principal("u"), discovery)
        #expect(await discovery.lookUpNoted() == isAwaited)
        #expect(failures.withLock { $0 } == 1)
        backend.isDown.withLock { $0 = false }
        try await check(principal("u"), discovery)
        #expect(await discovery.lookUpNoted())
        #expect(try await sender.records.read { try $0.user("u", issuer: ClerkSender.issuer) } != nil)
    }

    @Test func `Machines and users of other issuers are not asked for, and the memory of users is bounded`()
        async throws
    {
        let sender = try await ClerkSender()
        let backend = OneMember()
        let discovery = DirectoryDiscovery(
            sender.records,
            issuer: ClerkSender.issuer,
            backend: backend,
            capacity: 4
        )
        try await check(principal("u", kind: .machine), discovery)
        try await check(principal("u", issuer: "https://other.example"), discovery)
        #expect(await discovery.lookUpNoted())
        #expect(backend.asked.withLock { $0 } == 0)
        for number in 0..<10 {
            try await check(principal("nobody_\(number)"), discovery)
            #expect(await discovery.lookUpNoted())
        }
        #expect(backend.asked.withLock { $0 } == 10)
        for (user, asked) in [("nobody_9", 10), ("nobody_0", 11)] {
            try await check(principal(user), discovery)
            #expect(await discovery.lookUpNoted())
            #expect(backend.asked.withLock { $0 } == asked)
        }
    }

    @Test func `The service looks up whoever a check names while it runs`() async throws {
        let sender = try await ClerkSender()
        let discovery = DirectoryDiscovery(sender.records, issuer: ClerkSender.issuer, backend: OneMember())
        let service = Task { try await discovery.run() }
        try await check(principal("u"), discovery)
        try await eventually(equals: true) {
            try await sender.records.read { try $0.user("u", issuer: ClerkSender.issuer) } != nil
        }
        service.cancel()
        _ = await service.result
    }
}
#endif
