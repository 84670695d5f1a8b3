import Synchronization

/// Remembers for a while what each (issuer, organization, user) may do.
///
/// - **Coherent.** After an invalidation returns, no later check uses what was loaded before it: a load that was
///   under way is thrown away.
/// - **Bounded.** Never more entries than the capacity; of the oldest, the first that was not read lately goes (SIEVE).
/// - **One load a member.** Those who miss together wait for the same one, and nobody's cancellation fails the others. No more are
///   under way at a time than ``PermissionCache/Configuration/maximumLoads``.
/// - **Cheap.** A hit by ids never suspends, and allocates nothing where the policy names the permission and no condition,
///   resource or time decides.
///
/// <doc:Bounds> tells for how long a permission that was taken away can still open a door.
public final class PermissionCache: Sendable {
    let configuration: Configuration
    let organizations = OrganizationTable()
    let resolvedRoles = ResolvedRolesTable()
    /// The number of invalidations. A load of an earlier epoch than its organization's is no longer good.
    let epoch = Atomic<UInt64>(0)
    /// The number of entries, those included that are about to be stored.
    let reserved = Atomic<Int>(0)
    /// The number of loads under way, those included that are about to be begun.
    let loading = Atomic<Int>(0)
    /// The end of the time, in nanoseconds, for which the last heartbeat of the bus vouches for memory; without a bus, it never comes.
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

    /// - Parameter configuration: Within its ranges.
    private init(inRange configuration: Configuration) {
        self.configuration = configuration
        seed = configuration.seed ?? .random(in: .min ... .max)
        // Few, so that what is hot lies close together: readers do not wait for each other anyway.
        var count = 1
        while count < 256, count * 4_096 <= configuration.capacity { count *= 2 }
        shards = (0..<count).map { _ in Shard() }
        shardMask = count - 1
        locks = ShardLocks(shards.map { $0.state.pointee.table.slots })
    }

    /// The number of entries, those included that are no longer of use.
    package var count: Int {
        var count = 0
        forEachShard { count += $0.table.count }
        return count
    }

    /// The number of loads under way, which is held against ``PermissionCache/Configuration/maximumLoads``.
    package var loadCount: Int { loading.load(ordering: .relaxed) }

    /// The number of things beside the entries: organizations that have some, lists of roles, and loads under way.
    package var indexCount: Int { organizations.count + resolvedRoles.count + statistics.inFlight }

    func scope(of issuer: String) -> PermissionScope { PermissionScope(issuer: issuer, seed: seed) }

    @inline(__always)
    func moment() -> CacheMoment {
        CacheMoment(
            now: configuration.clock.now(),
            connectedUntil: MonotonicInstant(nanoseconds: connectedUntil.load(ordering: .acquiring))
        )
    }

    /// Gives back what entries that were taken out leave behind.
    func discard(_ entries: [RemovedEntry]) {
        guard !entries.isEmpty else { return }
        reserved.subtract(entries.count, ordering: .relaxed)
        for entry in entries { organizations.release(entry.organization) }
        forgetListsIfEmpty()
    }

    /// Gives up the lists of roles with the last entry. Whoever made one calls this, or stores an entry.
    func forgetListsIfEmpty() {
        if reserved.load(ordering: .relaxed) == 0 { resolvedRoles.removeAll() }
    }
}
