import Synchronization

/// The locks of the shards, in sixteen copies. A reader takes the lock of its thread's copy, and a writer takes the locks of all copies in
/// order. Threads with different copies write to no common lock, and do not wait for each other even when they read one entry. Threads
/// whose numbers are equal modulo sixteen share a copy.
struct ShardLocks: ~Copyable, Sendable {
    /// A lock of one copy and one shard. The data that a read needs of the shard are next to it, where the processor looks anyway.
    private struct Lock: ~Copyable, Sendable {
        /// The lock, with the number of successful reads under it.
        let mutex = Mutex<UInt64>(0)
        let slots: PublishedSlots
    }

    private static let copies = 16
    /// The bits of a thread's number that select its copy.
    private static let copyMask: UInt32 = 15
    /// The distance from one copy to the next in whole cache lines, so that two copies share none.
    private let stride: Int
    // Memory that only this value owns and frees. Its elements are for all threads.
    private nonisolated(unsafe) let locks: UnsafeMutableBufferPointer<Lock>

    /// Makes the locks.
    ///
    /// - Parameter shards: The places of the shards' entries.
    init(_ shards: [EntrySlots]) {
        let line = 128 / MemoryLayout<Lock>.stride
        stride = (shards.count + line - 1) / line * line
        locks = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.copies * stride * MemoryLayout<Lock>.stride,
            alignment: 128
        ).bindMemory(to: Lock.self)
        for index in locks.indices {
            // Locks beyond the last shard fill a cache line.
            let slots = shards[min(index % stride, shards.count - 1)]
            locks.initializeElement(at: index, to: Lock(slots: PublishedSlots(slots)))
        }
    }

    deinit {
        locks.deinitialize()
        locks.deallocate()
    }

    /// Calls `body` while no thread writes to a shard, with the place of its entries and the number of successful reads under this lock.
    ///
    /// - Parameter hash: The hash of the key. The processor fetches its entry while the lock is taken.
    @inline(__always)
    func whileUnchanged<Result: Sendable>(
        _ shard: Int,
        lookingFor hash: UInt64? = nil,
        _ body: (EntrySlots, inout UInt64) -> Result
    ) -> Result {
        let lock = Int(ThreadNumber.current & Self.copyMask) &* stride &+ shard
        if let hash { locks[lock].slots.prefetch(hash) }
        return locks[lock].mutex.withLock { body(locks[lock].slots.current, &$0) }
    }

    /// Calls `body` while no other thread reads or writes a shard.
    ///
    /// - Parameter body: A closure that also returns the new place of the shard's entries.
    func exclusively<Result: Sendable>(_ shard: Int, _ body: () -> (Result, EntrySlots)) -> Result {
        withLocks(shard, from: 0, body).0
    }

    private func withLocks<Result: Sendable>(
        _ shard: Int,
        from copy: Int,
        _ body: () -> (Result, EntrySlots)
    ) -> (Result, EntrySlots) {
        guard copy < Self.copies else { return body() }
        let lock = copy * stride + shard
        return locks[lock].mutex.withLock { _ in
            let result = withLocks(shard, from: copy + 1, body)
            locks[lock].slots.update(result.1)
            return result
        }
    }

    /// Returns the hits of a shard, by all threads.
    func hits(in shard: Int) -> UInt64 {
        (0..<Self.copies).reduce(0) { $0 &+ locks[$1 * stride + shard].mutex.withLock { $0 } }
    }
}
