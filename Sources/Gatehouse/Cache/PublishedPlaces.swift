import CGatehouseShims
import Synchronization

/// Where the entries of a shard lie: for whoever holds a lock of the shard, and for the processor as soon as somebody is about to take
/// one. It fetches an entry meanwhile, which nobody reads before the lock is held: a place that is out of date does no harm.
struct PublishedPlaces: ~Copyable, Sendable {
    private let first: Atomic<UInt>
    private let count: Atomic<Int>

    init(_ places: EntryPlaces) {
        first = Atomic(places.address)
        count = Atomic(places.count)
    }

    /// Where they lie now.
    ///
    /// - Precondition: The caller holds a lock of the shard. Else the two may not be of the same table, or of one that is no more.
    var current: EntryPlaces {
        @inline(__always) get {
            EntryPlaces(address: first.load(ordering: .relaxed), count: count.load(ordering: .relaxed))
        }
    }

    /// Says where they lie from now on.
    ///
    /// - Precondition: The caller holds all locks of the shard.
    func update(_ places: EntryPlaces) {
        first.store(places.address, ordering: .relaxed)
        count.store(places.count, ordering: .relaxed)
    }

    /// Has the processor fetch the place that a hash gives an entry.
    @inline(__always)
    func prefetch(_ hash: UInt64) { gatehouse_prefetch(current.address(ofHome: hash)) }
}
