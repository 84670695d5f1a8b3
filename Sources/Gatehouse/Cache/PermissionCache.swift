import Synchronization

/// What each (issuer, organization, user) may do, remembered for a while.
///
/// - **Coherent.** After an invalidation returns, no later check uses what was loaded before it: a load that was
///   under way is thrown away.
/// - **Bounded.** Never more entries than the capacity; of the oldest, the first that was not read lately goes (SIEVE).
/// - **One load a member.** Those who miss together wait for the same one, and nobody's cancellation fails the others. No more are
///   under way at a time than ``PermissionCache/Configuration/maximumLoads``.
/// - **Cheap.** A hit by ids never suspends, and allocates nothing where the policy names the permission and no condition,
///   resource or time decides.
///
/// How long a permission that was taken away can still open a door: <doc:Bounds>.
public final class PermissionCache: Sendable {
    let configuration: Configuration
    let organizations = OrganizationTable()
    let resolvedRoles = ResolvedRolesTable()
    /// How many invalidations there were. What was loaded in an earlier epoch than its organization's is no longer good.
    let epoch = Atomic<UInt64>(0)
    /// How many entries there are, those included that are about to be stored.
    let reserved = Atomic<Int>(0)
    /// How many loads are under way, those included that are about to be begun.
    let loading = Atomic<Int>(0)
    /// In nanoseconds, until when the last heartbeat of the bus vouches for what is remembered; without a bus, for ever.
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

    /// How many entries there are, those included that are no longer of use.
    package var count: Int {
        var count = 0
        forEachShard { count += $0.table.count }
        return count
    }

    /// How many loads are under way, as they are held against ``PermissionCache/Configuration/maximumLoads``.
    package var loadCount: Int { loading.load(ordering: .relaxed) }

    /// How much there is beside the entries: organizations that have some, lists of roles, and loads under way.
    package var indexCount: Int { organizations.count + resolvedRoles.count + statistics.inFlight }

    func scope(of issuer: String) -> PermissionScope { PermissionScope(issuer: issuer, seed: seed) }

    @inline(__always)
    func moment() -> CacheMoment {
        CacheMoment(
            now: configuration.clock.now(),
            connectedUntil: MonotonicInstant(nanoseconds: connectedUntil.load(ordering: .acquiring))
        )
    }

    /// Calls `body` with the entry of a key, if it is still good. Nobody changes it meanwhile. It is a hit if that gives something.
    ///
    /// - Parameter revision: the state of the source that it must have come from, or a later one.
    @inline(__always)
    func read<Result: Sendable>(
        _ key: PermissionKey,
        atLeast revision: MembershipRevision? = nil,
        _ body: (UnsafeMutablePointer<CachedEntry>) -> Result?
    ) -> Result? {
        let shard = shardIndex(of: key)
        return locks.whileUnchanged(shard, lookingFor: key.hash) { slots, hits in
            // The clock is read once the entry is found: while memory answers, and with no key left to keep in registers.
            guard let slot = slots.find(key, usableAt: moment()) else { return nil }
            // Of the details nothing is read without need.
            if let revision, !shards[shard].state.pointee.table.details[slot].isFrom(atLeast: revision) { return nil }
            let entry = slots.entry(at: slot)
            guard let result = body(entry) else { return nil }
            entry.pointee.markRead()
            hits &+= 1
            return result
        }
    }

    /// The state of the source that the entry of a key came from; `nil` if there is none, or the source does not count its states.
    func revision(of key: PermissionKey) -> MembershipRevision? {
        let shard = shardIndex(of: key)
        return locks.whileUnchanged(shard, lookingFor: key.hash) { slots, _ in
            guard let slot = slots.find(key, usableAt: moment()) else { return nil }
            return shards[shard].state.pointee.table.details[slot].membershipRevision
        }
    }

    /// Does what has to be done for entries that were taken out.
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
