extension PermissionCache {
    /// The settings of a cache.
    public struct Configuration: Sendable {
        /// The largest number of entries, from 1 to 2^30.
        public var capacity: Int
        /// The time for which an entry may be used, from the start of its load; with zero, an entry is never used.
        public var timeToLive: Duration
        /// The time to live of a member without roles, who may get a role meanwhile.
        public var negativeTimeToLive: Duration
        /// The largest part by which a time to live is shortened at random, from 0 to 1, so that entries which were loaded together are not
        /// loaded again together.
        public var jitter: Double
        /// The time for which an entry may be used after the last heartbeat of a bus that has fallen silent.
        public var disconnectedTimeToLive: Duration
        /// The largest number of loads under way, at least 1. A check that would begin a further load is undecided at once (503), with the
        /// code `tooManyLoads`. A check that joins a load, or is answered from memory, is not affected.
        public var maximumLoads: Int
        /// The clock that measures times. The clock is read under a lock, so that it must neither use the cache nor wait for a user of the
        /// cache.
        public var clock: MonotonicClock
        /// The executor of loads; `nil` for Swift's default executor.
        public var executor: (any TaskExecutor)?
        /// The key of the hashes; `nil` for a random key. Only simulations set a key.
        package var seed: UInt64?

        /// Makes a configuration; by default for 100,000 entries that live a minute, and 1,024 loads at a time.
        public init(
            capacity: Int = 100_000,
            timeToLive: Duration = .seconds(60),
            negativeTimeToLive: Duration = .seconds(5),
            jitter: Double = 0.1,
            disconnectedTimeToLive: Duration = .seconds(5),
            maximumLoads: Int = 1_024,
            clock: MonotonicClock = .system,
            executor: (any TaskExecutor)? = nil
        ) {
            self.capacity = capacity
            self.timeToLive = timeToLive
            self.negativeTimeToLive = negativeTimeToLive
            self.jitter = jitter
            self.disconnectedTimeToLive = disconnectedTimeToLive
            self.maximumLoads = maximumLoads
            self.clock = clock
            self.executor = executor
        }

        /// Checks that the settings are within their ranges.
        package func requireRanges() throws(SettingError) {
            let times = Duration.zero...SettingError.longestTime
            // An entry's slot is a number of 32 bits.
            try SettingError.require(capacity, in: 1...(1 << 30), "capacity")
            try SettingError.require(timeToLive, in: times, "timeToLive")
            try SettingError.require(negativeTimeToLive, in: times, "negativeTimeToLive")
            try SettingError.require(jitter, in: 0...1, "jitter")
            try SettingError.require(disconnectedTimeToLive, in: times, "disconnectedTimeToLive")
            try SettingError.require(maximumLoads, in: 1...Int.max, "maximumLoads")
        }

        /// Returns the time for which loaded roles may be used.
        ///
        /// - Parameter random: from 0 to 1.
        func lifetime(isNegative: Bool, random: Double) -> Duration {
            (isNegative ? min(negativeTimeToLive, timeToLive) : timeToLive) * (1 - jitter * random)
        }
    }
}
