import Synchronization

extension PermissionCache {
    /// The counts of a cache since it was made, and of its current content.
    public struct Statistics: Sendable, Hashable {
        /// The number of checks that were answered from memory. Checks by a resolved principal are not included, since they touch no
        /// counter.
        public var hits: UInt64 = 0
        /// The number of look-ups that had to wait for a load. A check whose load was overtaken looks again.
        public var misses: UInt64 = 0
        /// The number of loads that were begun.
        public var loads: UInt64 = 0
        /// The number of loads that failed, including cancelled loads.
        public var failures: UInt64 = 0
        /// The number of look-ups that were refused, since the largest number of loads was under way.
        public var refusals: UInt64 = 0
        /// The number of entries that were removed to make room.
        public var evictions: UInt64 = 0
        /// The number of invalidations of any scope.
        public var invalidations: UInt64 = 0
        /// The number of loads that are under way.
        public var inFlight = 0
        /// The number of entries, including useless entries.
        public var entries = 0

        /// Makes the counts of an unused cache.
        public init() {}
    }

    /// The sums of the shards' counts, which do not belong to one instant.
    public var statistics: Statistics {
        var sum = Statistics()
        sum.invalidations = epoch.load(ordering: .relaxed)
        sum.hits = shardIndices.reduce(0) { $0 &+ locks.hits(in: $1) }
        forEachShard { state in
            sum.hits &+= state.hits
            sum.misses &+= state.misses
            sum.loads &+= state.loads
            sum.failures &+= state.failures
            sum.refusals &+= state.refusals
            sum.evictions &+= state.evictions
            sum.inFlight += state.flights.count
            sum.entries += state.table.count
        }
        return sum
    }
}
