extension PermissionCache {
    /// A part of the table. This is a class, since an array cannot hold values that are not copyable.
    final class Shard: Sendable {
        struct State: ~Copyable, Sendable {
            var table: SieveTable
            var flights: [Member: Flight] = [:]
            /// The hits of callers that came to load. Other hits are counted beside the locks.
            var hits: UInt64 = 0
            var misses: UInt64 = 0
            var loads: UInt64 = 0
            var failures: UInt64 = 0
            var refusals: UInt64 = 0
            var evictions: UInt64 = 0
        }

        // Its lock in `locks` guards the state. The state is behind a pointer, since each access to a class's variable is otherwise looked
        // up.
        nonisolated(unsafe) let state: UnsafeMutablePointer<State>

        init() {
            state = .allocate(capacity: 1)
            state.initialize(to: State(table: SieveTable()))
        }

        deinit {
            state.deinitialize(count: 1)
            state.deallocate()
        }
    }

    /// Calls `body` with the shard of a key, which no other thread reads or changes meanwhile.
    func withShard<Result: Sendable>(of key: PermissionKey, _ body: (inout Shard.State) -> Result) -> Result {
        withShard(shardIndex(of: key), body)
    }

    func withShard<Result: Sendable>(_ index: Int, _ body: (inout Shard.State) -> Result) -> Result {
        let shard = shards[index]
        return locks.exclusively(index) { (body(&shard.state.pointee), shard.state.pointee.table.slots) }
    }

    /// Calls `body` with each shard in turn, while no thread changes it.
    func forEachShard(_ body: (borrowing Shard.State) -> Void) {
        for index in shardIndices { locks.whileUnchanged(index) { _, _ in body(shards[index].state.pointee) } }
    }

    var shardIndices: Range<Int> { shards.indices }

    /// Returns the index of a key's shard, by the low bits of the user's hash, so that all entries of a user are in one shard.
    @inline(__always)
    func shardIndex(of key: PermissionKey) -> Int { Int(truncatingIfNeeded: key.userHash) & shardMask }
}
