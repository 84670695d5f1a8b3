#if SQLite
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import Testing

struct DirectoryLagTests {
    /// An API that has nothing.
    private struct EmptyBackend: DirectoryBackend {
        func users(from cursor: String?) async throws -> DirectoryPage<DirectoryUser> { DirectoryPage([]) }
        func organizations(from cursor: String?) async throws -> DirectoryPage<DirectoryOrganization> {
            DirectoryPage([])
        }
        func memberships(of organization: String, from cursor: String?) async throws -> DirectoryPage<
            DirectoryMembership
        > { DirectoryPage([]) }
        func user(_ id: String) async throws -> DirectoryUser? { nil }
        func organization(_ id: String) async throws -> DirectoryOrganization? { nil }
        func memberships(of user: String, in organization: String) async throws -> [DirectoryMembership] { [] }
    }

    @Test func `A dead letter that the directory never took counts until a resync, that was begun later, is whole`()
        async throws
    {
        let sender = try await ClerkSender()
        let memberships = sender.records.memberships(issuer: ClerkSender.issuer)
        #expect(try await memberships.lag() == .zero)
        // A user without an id: the directory cannot take it.
        let bad = ClerkSender.event("user.updated", ["object": "user"], at: 1)
        #expect(try await sender.send(bad, id: "m") == .stored)
        sender.clock.advance(by: .seconds(90))
        #expect(try await memberships.lag() == .seconds(90))
        let rules = DirectoryRules(issuer: ClerkSender.issuer)
        let resync = DirectoryResync(
            sender.records,
            from: EmptyBackend(),
            rules: rules,
            clock: sender.clock.wall,
            source: "clerk"
        )
        _ = try await resync.run(repairs: false)
        #expect(try await memberships.lag() == .seconds(90))
        _ = try await resync.run()
        #expect(try await memberships.lag() == .zero)
        #expect(try await sender.records.read { try $0.webhooks(in: .dead, after: 0, limit: 10) }.map(\.id) == ["m"])
    }
}
#endif
