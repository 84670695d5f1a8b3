import GatehouseBase
import GatehouseRecords
import GatehouseTesting
import Synchronization
import Testing

struct DirectoryResyncTests {
    private static let issuer = "https://i"
    private static let rules = DirectoryRules(issuer: issuer)
    private static let start = Timestamp(clampingMilliseconds: 1_700_000_000_000)

    /// An API with users alone, which calls a closure for each page.
    private struct Users: DirectoryBackend {
        var ids: [String]
        var pageSize = 100
        var onPage: @Sendable () -> Void = {}

        func users(from cursor: String?) async throws -> DirectoryPage<DirectoryUser> {
            onPage()
            let begin = cursor.flatMap { Int($0) } ?? 0
            let end = min(begin + pageSize, ids.count)
            return DirectoryPage(ids[begin..<end].map { DirectoryUser($0) }, next: end < ids.count ? "\(end)" : nil)
        }
        func organizations(from cursor: String?) async throws -> DirectoryPage<DirectoryOrganization> {
            DirectoryPage([])
        }
        func memberships(of organization: String, from cursor: String?) async throws -> DirectoryPage<
            DirectoryMembership
        > { DirectoryPage([]) }
        func user(_ id: String) async throws -> DirectoryUser? {
            ids.contains(id) ? DirectoryUser(id) : nil
        }
        func organization(_ id: String) async throws -> DirectoryOrganization? { nil }
        func memberships(of user: String, in organization: String) async throws -> [DirectoryMembership] { [] }
    }

    private func store(_ users: [String], told: Int64 = 1) async throws -> InMemoryRecords {
        let store = InMemoryRecords()
        try await store.write { rows in
            for id in users {
                let version = ObjectVersion(updated: told, told: told, tie: id)
                _ = try rows.apply(.user(DirectoryUser(id), version), Self.rules, now: Self.start)
            }
            try rows.removeUntold(try rows.untold(after: 0, limit: 100).map(\.number))
        }
        return store
    }

    private func held(_ store: InMemoryRecords) async throws -> [String] {
        try await store.read { try $0.users(issuer: Self.issuer, after: nil, limit: 100).map(\.id) }
    }

    @Test(arguments: [[], ["x", "y"]], [true, false])
    func `A list that has nothing in common with the directory removes nothing`(_ listed: [String], _ repairs: Bool)
        async throws
    {
        let store = try await store(["a", "b"])
        let resync = DirectoryResync(
            store,
            from: Users(ids: listed),
            rules: Self.rules,
            clock: WallClock { Self.start }
        )
        let error = await #expect(throws: DirectoryResyncError.self) { try await resync.run(repairs: repairs) }
        #expect(error?.code == .otherInstance)
        #expect(Set(try await held(store)).isSuperset(of: ["a", "b"]))
        #expect(try await store.read { try $0.marks(since: .distantPast) }.isEmpty)
        // Neither does one that goes on with it, unless it is told to.
        await #expect(throws: DirectoryResyncError.self) { try await resync.run(repairs: repairs) }
        _ = try await resync.run(mayReplaceAll: true)
        #expect(try await held(store) == listed)
    }

    @Test func `One that is held by both is enough, and an empty directory takes everything`() async throws {
        let clock = WallClock { Self.start }
        let store = try await store(["a", "b"])
        _ = try await DirectoryResync(store, from: Users(ids: ["b", "c"]), rules: Self.rules, clock: clock).run()
        #expect(try await held(store) == ["b", "c"])
        let empty = InMemoryRecords()
        _ = try await DirectoryResync(empty, from: Users(ids: ["b", "c"]), rules: Self.rules, clock: clock).run()
        #expect(try await held(empty) == ["b", "c"])
    }

    @Test func `What a resync takes away refuses tokens that were issued until then, also while it ran`() async throws {
        let store = try await store(["a", "b"])
        let clock = ManualClock(Self.start)
        let backend = Users(ids: ["b"], onPage: { clock.advance(by: .seconds(600)) })
        let invalidations = Mutex<[Invalidation]>([])
        let resync = DirectoryResync(
            store,
            from: backend,
            rules: Self.rules,
            clock: clock.wall,
            invalidate: { invalidation in invalidations.withLock { $0.append(invalidation) } }
        )
        _ = try await resync.run()
        let gone = Invalidation(
            .user(issuer: Self.issuer, user: "a"),
            revokedAt: Self.start.advanced(by: .seconds(600))
        )
        #expect(invalidations.withLock { $0 } == [gone])
        #expect(try await store.read { try $0.marks(since: .distantPast) } == [gone])
        #expect(try await store.read { try $0.untold(after: 0, limit: 10) } == [])
    }

    @Test func `What could not be told is told by the next run, which goes on where the last one was`() async throws {
        struct Broken: Error {}
        let store = try await store(["a", "b", "c"])
        let pages = Mutex(0)
        let backend = Users(ids: ["b", "d", "e"], pageSize: 1, onPage: { pages.withLock { $0 += 1 } })
        let isBroken = Mutex(true)
        let told = Mutex<[Invalidation.Scope]>([])
        let resync = DirectoryResync(
            store,
            from: backend,
            rules: Self.rules,
            clock: WallClock { Self.start },
            invalidate: { invalidation in
                if isBroken.withLock({ $0 }) { throw Broken() }
                told.withLock { $0.append(invalidation.scope) }
            }
        )
        await #expect(throws: RecordStoreError.self) { try await resync.run() }
        #expect(pages.withLock { $0 } == 3)
        isBroken.withLock { $0 = false }
        _ = try await resync.run()
        #expect(pages.withLock { $0 } == 3)
        #expect(
            told.withLock { $0 } == ["a", "c"].map { Invalidation.Scope.user(issuer: Self.issuer, user: $0) }
        )
        #expect(try await held(store) == ["b", "d", "e"])
    }
}
