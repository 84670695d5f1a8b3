import GatehouseBase
import Synchronization

/// A lock for each shard, in several copies: a reader takes its thread's copy, a writer all of them in order. Threads that read
/// thus write to no memory in common, and do not wait for each other even where they read the same entry.
struct ShardLocks: ~Copyable, Sendable {
    /// A lock of one thread and one shard, and how many reads under it found something.
    private typealias Lock = Mutex<UInt64>

    private static let copies = 16
    /// What of a thread's number says which is its.
    private static let copyMask = 15
    /// From one copy to the next: whole cache lines, of which none is in two copies.
    private let stride: Int
    private let thread = ThreadNumber()
    // Memory that this alone owns and frees. Its elements are for all threads.
    private nonisolated(unsafe) let locks: UnsafeMutableBufferPointer<Lock>

    init(shards: Int) {
        let line = 128 / MemoryLayout<Lock>.stride
        stride = (shards + line - 1) / line * line
        locks = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.copies * stride * MemoryLayout<Lock>.stride,
            alignment: 128
        ).bindMemory(to: Lock.self)
        for index in locks.indices { locks.initializeElement(at: index, to: Lock(0)) }
    }

    deinit {
        locks.deinitialize()
        locks.deallocate()
    }

    /// Calls `body` while nobody writes to a shard, with the count of what the threads of this copy found there.
    @inline(__always)
    func whileUnchanged<Result: Sendable>(_ shard: Int, _ body: (inout UInt64) -> Result) -> Result {
        locks[(thread.current & Self.copyMask) * stride + shard].withLock { body(&$0) }
    }

    /// Calls `body` while nobody else reads or writes a shard.
    func exclusively<Result: Sendable>(_ shard: Int, _ body: () -> Result) -> Result {
        withLocks(shard, from: 0, body)
    }

    private func withLocks<Result: Sendable>(_ shard: Int, from copy: Int, _ body: () -> Result) -> Result {
        guard copy < Self.copies else { return body() }
        return locks[copy * stride + shard].withLock { _ in withLocks(shard, from: copy + 1, body) }
    }

    /// What was counted of a shard, by all threads.
    func hits(in shard: Int) -> UInt64 {
        (0..<Self.copies).reduce(0) { $0 &+ locks[$1 * stride + shard].withLock { $0 } }
    }
}
