#if TestServers && AsyncHTTPClient
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseTestingServers
import Synchronization
import Testing

@Suite("The directory against Clerk's API")
struct ClerkResyncTests {
    private func rules() -> DirectoryRules { DirectoryRules(issuer: FakeClerk.issuer) }

    /// Three users, of whom two are members of an organization.
    private func fill(_ clerk: ClerkClient) async throws -> (users: [ClerkUser], organization: ClerkOrganization) {
        var users: [ClerkUser] = []
        for name in ["ann", "bob", "cyd"] {
            users.append(try await clerk.users.create(emailAddresses: ["\(name)@example.com"], firstName: name))
        }
        let organization = try await clerk.organizations.create(name: "Acme", slug: "acme", createdBy: users[0].id)
        _ = try await clerk.memberships.create(in: organization.id, userID: users[1].id, role: "org:member")
        return (users, organization)
    }

    @Test("a resync fills an empty directory, page by page, and finds nothing more", arguments: [1, 2, 500])
    func fill(pageSize: Int) async throws {
        try await withFake { fake, clerk in
            let (users, organization) = try await fill(clerk)
            let store = InMemoryRecords()
            let backend = ClerkDirectoryBackend(clerk, pageSize: pageSize)
            let totals = Mutex<[Int?]>([])
            let first = try await DirectoryResync(store, from: backend, rules: rules()).run { progress in
                totals.withLock { $0.append(progress.total) }
            }
            #expect(first.differences.allSatisfy { $0.change == .missing })
            #expect(first.count == 6 && first.compared == 6)
            #expect(totals.withLock { Set($0) } == [6])
            let (held, roles) = try await store.read { rows in
                (
                    try rows.users(issuer: FakeClerk.issuer, after: nil, limit: 10),
                    try rows.recordedRoles(of: Member(users[1].id, in: organization.id, issuer: FakeClerk.issuer))
                )
            }
            #expect(Set(held.compactMap(\.email)) == ["ann@example.com", "bob@example.com", "cyd@example.com"])
            #expect(roles.map(\.role) == ["org:member"])
            #expect(try await DirectoryResync(store, from: backend, rules: rules()).run().count == 0)
        }
    }

    @Test("changes of lost webhooks are reported, and then repaired")
    func repair() async throws {
        try await withFake { fake, clerk in
            let (users, organization) = try await fill(clerk)
            let store = InMemoryRecords()
            let resync = DirectoryResync(store, from: ClerkDirectoryBackend(clerk), rules: rules())
            _ = try await resync.run()
            try await clerk.memberships.delete(users[1].id, from: organization.id)
            _ = try await clerk.users.delete(users[2].id)
            _ = try await clerk.users.create(emailAddresses: ["dee@example.com"])
            let report = try await resync.run(repairs: false)
            #expect(report.differences.map(\.change.rawValue).sorted() == ["gone", "gone", "missing"])
            let held = try await store.read { try $0.users(issuer: FakeClerk.issuer, after: nil, limit: 10).count }
            #expect(held == 3)
            #expect(try await resync.run().count == 3)
            #expect(try await resync.run(repairs: false).count == 0)
            let member = Member(users[1].id, in: organization.id, issuer: FakeClerk.issuer)
            #expect(try await store.read { try $0.recordedRoles(of: member) } == [])
        }
    }

    @Test("a rate limit delays a resync and does not end it")
    func rateLimit() async throws {
        try await withFake { fake, clerk in
            _ = try await fill(clerk)
            fake.fail(.status(429), times: 6)
            let drift = try await DirectoryResync(
                InMemoryRecords(),
                from: ClerkDirectoryBackend(clerk, pageSize: 2),
                rules: rules()
            ).run()
            #expect(drift.count == 6)
        }
    }

    @Test("single objects are asked for by their ids, and never by a slug")
    func single() async throws {
        try await withFake { fake, clerk in
            let (users, organization) = try await fill(clerk)
            let backend = ClerkDirectoryBackend(clerk)
            #expect(try await backend.user(users[0].id)?.email == "ann@example.com")
            #expect(try await backend.user("user_none") == nil)
            #expect(try await backend.organization(organization.id)?.name == "Acme")
            #expect(try await backend.organization("acme") == nil)
            #expect(try await backend.memberships(of: users[1].id, in: organization.id).map(\.role) == ["org:member"])
            #expect(try await backend.memberships(of: users[2].id, in: organization.id) == [])
            #expect(try await backend.memberships(of: users[2].id, in: "org_none") == [])
        }
    }
}
#endif
