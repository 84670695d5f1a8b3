import CGatehouseShims
import Synchronization

/// The slots of a shard's entries, for whoever holds the lock beside this, and for the processor as soon as somebody is about to take the
/// lock. It fetches an entry meanwhile, which nobody reads before the lock is held.
struct PublishedSlots: ~Copyable, Sendable {
    private let first: Atomic<UInt>
    private let count: Atomic<Int>

    init(_ slots: EntrySlots) {
        first = Atomic(slots.address)
        count = Atomic(slots.count)
    }

    /// The slots now: to be read only by whoever holds the lock beside this. Without it the two numbers may be of a table that is no more,
    /// or not of the same one.
    var current: EntrySlots {
        @inline(__always) get {
            EntrySlots(address: first.load(ordering: .relaxed), count: count.load(ordering: .relaxed))
        }
    }

    /// Says where they lie from now on.
    ///
    /// - Precondition: The caller holds the lock beside this.
    func update(_ slots: EntrySlots) {
        first.store(slots.address, ordering: .relaxed)
        count.store(slots.count, ordering: .relaxed)
    }

    /// Has the processor fetch the slot that a hash gives an entry. It takes no lock: a slot that is out of date is fetched in vain.
    @inline(__always)
    func prefetch(_ hash: UInt64) { gatehouse_prefetch(current.address(ofHome: hash)) }
}
