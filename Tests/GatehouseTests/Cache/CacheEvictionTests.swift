import GatehouseTesting
import SeededGenerator
import Testing

@testable import Gatehouse

@Suite("SIEVE chooses the entry that is dropped for another")
struct CacheEvictionTests {
    /// The algorithm as its paper gives it (Zhang et al., NSDI 2024), over an array from the oldest to the newest.
    private struct PlainSieve {
        private(set) var entries: [(user: Int, wasRead: Bool)] = []
        private var hand: Int?

        /// Reads a user's entry, or adds it and drops another where there is no room.
        mutating func ask(_ user: Int, capacity: Int) {
            if let known = index(of: user) {
                entries[known].wasRead = true
                return
            }
            if entries.count == capacity { evict() }
            entries.append((user, false))
        }

        mutating func remove(_ user: Int) {
            guard let index = index(of: user) else { return }
            if hand == user { hand = entries.indices.contains(index + 1) ? entries[index + 1].user : nil }
            entries.remove(at: index)
        }

        private mutating func evict() {
            var index = hand.flatMap { self.index(of: $0) } ?? 0
            while entries[index].wasRead {
                entries[index].wasRead = false
                index = (index + 1) % entries.count
            }
            hand = entries[index].user
            remove(entries[index].user)
        }

        private func index(of user: Int) -> Int? { entries.firstIndex { $0.user == user } }
    }

    @Test("a load takes room from another part of the table where its own has nothing to drop")
    func otherShards() async throws {
        let capacity = 4_096
        let fixture = try CacheFixture(source: ScriptedMemberships(["reader"]), .init(capacity: capacity, jitter: 0))
        let (authorizer, cache) = (fixture.authorizer, fixture.authorizer.cache)
        func shard(of user: String) -> Int {
            authorizer.scope.withKey(organization: "o", user: user) { cache.shardIndex(of: $0) }
        }
        for organization in 0..<capacity {
            _ = try await authorizer.isAllowed(organization: "org_\(organization)", user: "u", permission: "read")
        }
        #expect(cache.count == capacity && cache.shards.count == 2)
        let other = try #require((0..<64).map { "user_\($0)" }.first { shard(of: $0) != shard(of: "u") })
        try await fixture.load(other)
        #expect(fixture.isRemembered(other))
        #expect(cache.count == capacity && cache.statistics.evictions == 1)
    }

    @Test("entries leave in the order of SIEVE, also where others were forgotten meanwhile", arguments: [1, 2, 7, 30])
    func order(capacity: Int) async throws {
        var random = SeededGenerator(seed: UInt64(capacity))
        var plain = PlainSieve()
        let fixture = try CacheFixture(source: ScriptedMemberships(["reader"]), .init(capacity: capacity, jitter: 0))
        let cache = fixture.authorizer.cache
        for _ in 0..<2_000 {
            let user = Int.random(in: 0..<capacity * 2, using: &random)
            if random.chance(5) {
                cache.invalidate(.member(Member("\(user)", in: "o", issuer: CacheFixture.issuer)))
                plain.remove(user)
            } else {
                try await fixture.load("\(user)")
                plain.ask(user, capacity: capacity)
            }
            let remembered = (0..<capacity * 2).filter { user in
                fixture.authorizer.scope.withKey(organization: "o", user: "\(user)") { key in
                    cache.withShard(of: key) { $0.table.slots.find(key) != nil }
                }
            }
            #expect(remembered == plain.entries.map(\.user).sorted())
        }
    }
}
