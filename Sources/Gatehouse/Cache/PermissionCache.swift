import Synchronization

/// What each (issuer, organization, user) may do, remembered for a while.
///
/// - **Coherent.** After an invalidation returns, no later check uses what was loaded before it: a load that was
///   under way is not stored.
/// - **Bounded.** Never more entries than the capacity; of the oldest, the first that was not read lately goes (SIEVE).
/// - **Cheap.** A hit allocates nothing and never suspends.
public final class PermissionCache: Sendable {
    /// How a cache is set up.
    public struct Configuration: Sendable {
        /// How many entries there may be; at least 1.
        public var capacity: Int
        /// How long an entry may be used, from the start of its load. Zero or less: not at all.
        public var timeToLive: Duration
        /// What that is measured by.
        public var clock: MonotonicClock

        /// Makes a configuration; by default for 100,000 entries that live a minute.
        public init(
            capacity: Int = 100_000,
            timeToLive: Duration = .seconds(60),
            clock: MonotonicClock = .system
        ) {
            self.capacity = capacity
            self.timeToLive = timeToLive
            self.clock = clock
        }
    }

    private let timeToLive: Duration
    private let clock: MonotonicClock
    private let hash = ByteHash.random()
    private let shards: [Shard]

    /// Makes an empty cache.
    public init(_ configuration: Configuration = Configuration()) {
        timeToLive = configuration.timeToLive
        clock = configuration.clock
        let capacity = max(1, configuration.capacity)
        var count = 1
        while count < 64, count * 32 <= capacity { count *= 2 }  // a shard holds 16 entries or more
        shards = (0..<count).map { _ in Shard(capacity: capacity / count) }
    }

    /// How many entries there are, expired ones included.
    public var count: Int { shards.reduce(0) { $0 + $1.state.withLock { $0.table.count } } }

    /// Forgets what one user may do in one organization (nil: as a personal account).
    ///
    /// When it returns, no later check uses what was loaded before.
    public func invalidate(issuer: String, organization: String?, user: String) {
        scope(of: issuer).withKey(organization: organization, user: user) { key in
            shard(of: key).state.withLock { state in
                state.generation &+= 1
                state.table.remove(key)
            }
        }
    }

    /// Forgets everything. When it returns, no later check uses what was loaded before.
    public func invalidateAll() {
        for shard in shards {
            shard.state.withLock { state in
                state.generation &+= 1
                state.table.removeAll()
            }
        }
    }

    func scope(of issuer: String) -> PermissionScope { PermissionScope(issuer: issuer, hash: hash) }

    /// What is remembered for a key, if it is still good.
    @inline(__always)
    func permissions(for key: PermissionKey) -> ResolvedPrincipal? {
        let now = clock.now()
        return shard(of: key).state.withLock { state in
            guard let cached = state.table.read(key), now < cached.expires else { return nil }
            return cached.principal
        }
    }

    /// Takes the stamp of a load that is about to begin.
    func beginLoad(of key: PermissionKey) -> LoadStamp {
        let start = clock.now()
        return LoadStamp(start: start, generation: shard(of: key).state.withLock { $0.generation })
    }

    /// Remembers what a load gave. False, and nothing is remembered, where an invalidation came in between.
    func store(_ principal: ResolvedPrincipal, for key: PermissionKey, loadedSince stamp: LoadStamp) -> Bool {
        let entry = CachedPermissions(principal: principal, expires: stamp.start.advanced(by: timeToLive))
        return shard(of: key).state.withLock { state in
            guard state.generation == stamp.generation else { return false }
            if timeToLive > .zero { state.table.insert(entry, for: key) }
            return true
        }
    }

    @inline(__always)
    private func shard(of key: PermissionKey) -> Shard {
        shards[Int(truncatingIfNeeded: key.hash >> 48) & (shards.count - 1)]
    }

    /// A part of the table with its own lock: a class, since an array cannot hold a `Mutex`.
    private final class Shard: Sendable {
        struct State: Sendable {
            var table: SieveTable
            /// Counts the invalidations that touched this part.
            var generation: UInt64 = 0
        }

        let state: Mutex<State>

        init(capacity: Int) {
            state = Mutex(State(table: SieveTable(capacity: capacity)))
        }
    }
}

/// When a load began, and what had been invalidated by then.
struct LoadStamp: Sendable {
    let start: MonotonicInstant
    let generation: UInt64
}
