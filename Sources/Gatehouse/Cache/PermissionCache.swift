import Synchronization

/// A memory for a bounded time of the permissions of each issuer, organization and user.
///
/// - **Coherent.** After an invalidation returns, no later check uses roles that were loaded before it. The result of a load that was under
///   way is thrown away.
/// - **Bounded.** There are never more entries than the capacity. The oldest entry that was not read lately is removed first (SIEVE).
/// - **One load for each member.** Checks that miss together wait for the same load, and the cancellation of one does not fail the others.
///   At most ``PermissionCache/Configuration/maximumLoads`` loads are under way at a time.
/// - **Cheap.** A hit by ids never suspends. It allocates nothing if the policy names the permission and the answer depends on no
///   condition, resource or time.
///
/// The page <doc:Bounds> gives the longest time for which a permission that was taken away still allows requests.
public final class PermissionCache: Sendable {
    let configuration: Configuration
    let organizations = OrganizationTable()
    let resolvedRoles = ResolvedRolesTable()
    /// The number of invalidations. A load with an earlier epoch than its organization's is no longer valid.
    let epoch = Atomic<UInt64>(0)
    /// The number of entries, including those that are about to be stored.
    let reserved = Atomic<Int>(0)
    /// The number of loads under way, including those that are about to begin.
    let loading = Atomic<Int>(0)
    /// The instant, in nanoseconds, until which the last heartbeat of the bus keeps memory valid; without a bus, the last instant.
    let connectedUntil = Atomic<UInt64>(.max)
    let shards: [Shard]
    let shardMask: Int
    let locks: ShardLocks
    private let seed: UInt64

    /// Makes an empty cache with the default settings.
    public convenience init() {
        self.init(inRange: Configuration())
    }

    /// Makes an empty cache.
    ///
    /// - Throws: `SettingError` for a setting that is out of its range.
    public convenience init(_ configuration: Configuration) throws(SettingError) {
        try configuration.requireRanges()
        self.init(inRange: configuration)
    }

    /// Makes an empty cache.
    ///
    /// - Parameter configuration: The settings, which must be within their ranges.
    private init(inRange configuration: Configuration) {
        self.configuration = configuration
        seed = configuration.seed ?? .random(in: .min ... .max)
        // There are few shards, so that frequently used memory lies close together. Readers do not wait for each other anyway.
        var count = 1
        while count < 256, count * 4_096 <= configuration.capacity { count *= 2 }
        shards = (0..<count).map { _ in Shard() }
        shardMask = count - 1
        locks = ShardLocks(shards.map { $0.state.pointee.table.slots })
    }

    /// The number of entries, including useless entries.
    package var count: Int {
        var count = 0
        forEachShard { count += $0.table.count }
        return count
    }

    /// The number of loads under way, which is compared with ``PermissionCache/Configuration/maximumLoads``.
    package var loadCount: Int { loading.load(ordering: .relaxed) }

    /// The number of objects beside the entries: organizations with entries, lists of roles, and loads under way.
    package var indexCount: Int { organizations.count + resolvedRoles.count + statistics.inFlight }

    func scope(of issuer: String) -> PermissionScope { PermissionScope(issuer: issuer, seed: seed) }

    @inline(__always)
    func moment() -> CacheMoment {
        CacheMoment(
            now: configuration.clock.now(),
            connectedUntil: MonotonicInstant(nanoseconds: connectedUntil.load(ordering: .acquiring))
        )
    }

    /// Frees the objects of removed entries.
    func discard(_ entries: [RemovedEntry]) {
        guard !entries.isEmpty else { return }
        reserved.subtract(entries.count, ordering: .relaxed)
        for entry in entries { organizations.release(entry.organization) }
        forgetListsIfEmpty()
    }

    /// Frees the lists of roles with the last entry. A caller that makes a list either calls this method or stores an entry.
    func forgetListsIfEmpty() {
        if reserved.load(ordering: .relaxed) == 0 { resolvedRoles.removeAll() }
    }
}
