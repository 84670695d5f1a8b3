import Synchronization

extension PermissionCache {
    /// The counts of a cache since it was made, and of its content now.
    public struct Statistics: Sendable, Hashable {
        /// Checks that were answered from memory. Those by a resolved principal do not count: they touch no counter.
        public var hits: UInt64 = 0
        /// Look-ups that had to wait for a load: a check whose load was overtaken looks again.
        public var misses: UInt64 = 0
        /// Loads that were begun.
        public var loads: UInt64 = 0
        /// Loads that failed, also those that were told to stop.
        public var failures: UInt64 = 0
        /// Look-ups that would have begun a load, and were refused: as many were under way as may be at a time.
        public var refusals: UInt64 = 0
        /// Entries that had to go for others.
        public var evictions: UInt64 = 0
        /// Invalidations, of whatever size.
        public var invalidations: UInt64 = 0
        /// Loads that are under way.
        public var inFlight = 0
        /// Entries, those included that are no longer of use.
        public var entries = 0

        /// Makes the counts of a cache that did nothing.
        public init() {}
    }

    /// The sums of the shards' counts, which are not those of one instant.
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
