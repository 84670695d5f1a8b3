import Synchronization

/// A lock for each shard, in sixteen copies: a reader takes the one that its thread's number says, a writer all of them in order.
/// Threads of different copies write to no lock in common, and do not wait for each other even where they read the same entry;
/// those whose numbers are equal modulo sixteen share a copy.
struct ShardLocks: ~Copyable, Sendable {
    /// A lock of one thread and one shard. What a read needs of the shard lies beside it, where the processor looks anyway.
    private struct Lock: ~Copyable, Sendable {
        /// The lock itself, with the number of reads under it that found something.
        let mutex = Mutex<UInt64>(0)
        let slots: PublishedSlots
    }

    private static let copies = 16
    /// The bits of a thread's number that choose its copy.
    private static let copyMask: UInt32 = 15
    /// From one copy to the next: whole cache lines, of which none is in two copies.
    private let stride: Int
    // Memory that this alone owns and frees. Its elements are for all threads.
    private nonisolated(unsafe) let locks: UnsafeMutableBufferPointer<Lock>

    /// - Parameter shards: The place of each one's entries.
    init(_ shards: [EntrySlots]) {
        let line = 128 / MemoryLayout<Lock>.stride
        stride = (shards.count + line - 1) / line * line
        locks = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.copies * stride * MemoryLayout<Lock>.stride,
            alignment: 128
        ).bindMemory(to: Lock.self)
        for index in locks.indices {
            // Those beyond the last shard fill a cache line.
            let slots = shards[min(index % stride, shards.count - 1)]
            locks.initializeElement(at: index, to: Lock(slots: PublishedSlots(slots)))
        }
    }

    deinit {
        locks.deinitialize()
        locks.deallocate()
    }

    /// Calls `body` while nobody writes to a shard, with where its entries lie and how many reads under this lock found something.
    ///
    /// - Parameter hash: that of the key whose entry will be looked at: the processor fetches it while the lock is taken.
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

    /// Calls `body` while nobody else reads or writes a shard.
    ///
    /// - Parameter body: gives also where the shard has its entries from now on.
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
