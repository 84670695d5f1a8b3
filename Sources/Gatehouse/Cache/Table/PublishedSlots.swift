import CGatehouseShims
import Synchronization

/// The slots of a shard's entries, for threads that hold the lock, and for the processor before a thread takes the lock. The processor
/// fetches an entry meanwhile, which no thread reads before it holds the lock.
struct PublishedSlots: ~Copyable, Sendable {
    private let first: Atomic<UInt>
    private let count: Atomic<Int>

    init(_ slots: EntrySlots) {
        first = Atomic(slots.address)
        count = Atomic(slots.count)
    }

    /// The current slots, which only a thread that holds the lock may read. Without the lock, the two numbers may belong to a freed table,
    /// or to two tables.
    var current: EntrySlots {
        @inline(__always) get {
            EntrySlots(address: first.load(ordering: .relaxed), count: count.load(ordering: .relaxed))
        }
    }

    /// Changes the slots.
    ///
    /// - Precondition: The caller holds the lock.
    func update(_ slots: EntrySlots) {
        first.store(slots.address, ordering: .relaxed)
        count.store(slots.count, ordering: .relaxed)
    }

    /// Makes the processor fetch the slot of a hash. The method takes no lock: an outdated slot is fetched in vain.
    @inline(__always)
    func prefetch(_ hash: UInt64) { gatehouse_prefetch(current.address(ofHome: hash)) }
}
