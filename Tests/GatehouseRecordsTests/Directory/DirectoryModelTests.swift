import GatehouseBase
import GatehouseRecords
import SeededGenerator
import Synchronization
import Testing

/// Random histories of an identity provider, told in any order, twice or not at all, with a resync between: the copy ends as the original.
struct DirectoryModelTests {
    private static let issuer = "https://i"

    /// The original: what the provider's API says now.
    private struct Original: Sendable {
        var users: [String: DirectoryUser] = [:]
        var organizations: [String: DirectoryOrganization] = [:]
        var memberships: [String: DirectoryMembership] = [:]
        var now: Int64 = 1_000
        var events: [DirectoryChange] = []
        var nextMembership = 0

        mutating func change(using generator: inout SeededGenerator) {
            now += Int64.random(in: 1...3, using: &generator)
            let version = ObjectVersion(updated: now, told: now, tie: "e\(now)")
            let time = Timestamp(clampingMilliseconds: now)
            let user = "user_\(Int.random(in: 0..<6, using: &generator))"
            let organization = "org_\(Int.random(in: 0..<3, using: &generator))"
            switch Int.random(in: 0..<10, using: &generator) {
            case 0 where users[user] != nil:
                users[user] = nil
                memberships = memberships.filter { $0.value.user != user }
                events.append(.userDeleted(user, version))
            case 1 where organizations[organization] != nil:
                organizations[organization] = nil
                memberships = memberships.filter { $0.value.organization != organization }
                events.append(.organizationDeleted(organization, version))
            case 2...4:
                // Ids are given once: a deleted one does not come back.
                guard !events.contains(where: { if case .userDeleted(user, _) = $0 { true } else { false } }) else {
                    return
                }
                let value = DirectoryUser(user, email: "\(now)", updated: time)
                users[user] = value
                events.append(.user(value, version))
            case 5:
                guard
                    !events.contains(where: {
                        if case .organizationDeleted(organization, _) = $0 { true } else { false }
                    })
                else { return }
                let value = DirectoryOrganization(organization, name: "\(now)", updated: time)
                organizations[organization] = value
                events.append(.organization(value, version))
            case 6, 7:
                guard users[user] != nil, organizations[organization] != nil,
                    !memberships.values.contains(where: { $0.user == user && $0.organization == organization })
                else { return }
                nextMembership += 1
                let value = DirectoryMembership(
                    "mem_\(nextMembership)",
                    user: user,
                    organization: organization,
                    role: "a",
                    created: time,
                    updated: time
                )
                memberships[value.id] = value
                events.append(.membership(value, version))
            case 8:
                guard var value = memberships.values.min(by: { $0.id < $1.id }) else { return }
                (value.role, value.updated) = (value.role == "a" ? "b" : "a", time)
                memberships[value.id] = value
                events.append(.membership(value, version))
            default:
                guard let value = memberships.values.max(by: { $0.id < $1.id }) else { return }
                memberships[value.id] = nil
                events.append(.membershipDeleted(value, version))
            }
        }
    }

    /// The original's API.
    private final class Backend: DirectoryBackend {
        let original: Mutex<Original>

        init(_ original: Original) {
            self.original = Mutex(original)
        }

        private func page<Object>(_ objects: [Object], _ cursor: String?) -> DirectoryPage<Object> {
            let start = cursor.flatMap { Int($0) } ?? 0
            let end = min(start + 2, objects.count)
            return DirectoryPage(Array(objects[min(start, end)..<end]), next: end < objects.count ? "\(end)" : nil)
        }

        func users(from cursor: String?) async throws -> DirectoryPage<DirectoryUser> {
            page(original.withLock { $0.users.values.sorted { $0.id < $1.id } }, cursor)
        }

        func organizations(from cursor: String?) async throws -> DirectoryPage<DirectoryOrganization> {
            page(original.withLock { $0.organizations.values.sorted { $0.id < $1.id } }, cursor)
        }

        func memberships(of organization: String, from cursor: String?) async throws -> DirectoryPage<
            DirectoryMembership
        > {
            page(
                original.withLock {
                    $0.memberships.values.filter { $0.organization == organization }.sorted { $0.id < $1.id }
                },
                cursor
            )
        }

        func user(_ id: String) async throws -> DirectoryUser? { original.withLock { $0.users[id] } }

        func organization(_ id: String) async throws -> DirectoryOrganization? {
            original.withLock { $0.organizations[id] }
        }

        func memberships(of user: String, in organization: String) async throws -> [DirectoryMembership] {
            original.withLock { $0.memberships.values.filter { $0.user == user && $0.organization == organization } }
        }
    }

    private struct Copy: Equatable {
        var users: [String: String?]
        var organizations: [String: String?]
        var held: Set<String>
    }

    private static func copy(of store: InMemoryRecords) async throws -> Copy {
        try await store.read { rows in
            Copy(
                users: Dictionary(
                    uniqueKeysWithValues: try rows.users(issuer: issuer, after: nil, limit: 100).map {
                        ($0.id, $0.email)
                    }
                ),
                organizations: Dictionary(
                    uniqueKeysWithValues: try rows.organizations(issuer: issuer, after: nil, limit: 100).map {
                        ($0.id, $0.name)
                    }
                ),
                held: Set(
                    try rows.recordedRoles(issuer: issuer, at: .distantFuture).filter { $0.until == nil }
                        .map { "\($0.member) \($0.role.role)" }
                )
            )
        }
    }

    private static func copy(of original: Original) -> Copy {
        Copy(
            users: original.users.mapValues(\.email),
            organizations: original.organizations.mapValues(\.name),
            held: Set(
                original.memberships.values.map { "\(Member($0.user, in: $0.organization, issuer: issuer)) \($0.role)" }
            )
        )
    }

    private static func deliver(_ events: [DirectoryChange], to store: InMemoryRecords) async throws {
        let rules = DirectoryRules(issuer: issuer)
        for event in events {
            try await store.write { _ = try $0.apply(event, rules, now: Timestamp(clampingMilliseconds: 1_000_000)) }
        }
    }

    @Test(arguments: 0..<60)
    func `In any order, with some told twice, the copy ends as the original`(_ seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var original = Original()
        for _ in 0..<60 { original.change(using: &generator) }
        let store = InMemoryRecords()
        let order = (original.events + original.events.prefix(10)).shuffled(using: &generator)
        try await Self.deliver(order, to: store)
        #expect(try await Self.copy(of: store) == Self.copy(of: original))
    }

    @Test(arguments: 0..<60)
    func `With events lost, a resync between them and one at the end repair the copy`(_ seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(1_000 + seed))
        var original = Original()
        for _ in 0..<40 { original.change(using: &generator) }
        let backend = Backend(original)
        let store = InMemoryRecords()
        let rules = DirectoryRules(issuer: Self.issuer)
        func resync(_ now: Int64, repairs: Bool = true) async throws -> DirectoryDrift {
            let clock = WallClock { Timestamp(clampingMilliseconds: now) }
            return try await DirectoryResync(store, from: backend, rules: rules, clock: clock).run(
                repairs: repairs,
                mayReplaceAll: true
            )
        }
        let first = original.events
        try await Self.deliver(first.shuffled(using: &generator).filter { _ in generator.chance(60) }, to: store)
        _ = try await resync(original.now)
        #expect(try await Self.copy(of: store) == Self.copy(of: original))
        for _ in 0..<40 { original.change(using: &generator) }
        backend.original.withLock { [original] in $0 = original }
        // Late events of before, and some of those since.
        try await Self.deliver(
            original.events.shuffled(using: &generator).filter { _ in generator.chance(50) },
            to: store
        )
        let before = try await Self.copy(of: store)
        let reported = try await resync(original.now + 1, repairs: false)
        #expect(try await Self.copy(of: store) == before)
        let repaired = try await resync(original.now + 1)
        #expect(Set(repaired.differences.map(\.id)).isSuperset(of: Set(reported.differences.map(\.id))))
        #expect(try await Self.copy(of: store) == Self.copy(of: original))
        #expect(try await resync(original.now + 2).count == 0)
    }
}
