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
}
#endif
