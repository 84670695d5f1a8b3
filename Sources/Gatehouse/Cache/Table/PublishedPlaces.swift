import CGatehouseShims
import Synchronization

/// Where the entries of a shard lie: for whoever holds the lock that this lies beside, and for the processor as soon as somebody is
/// about to take it. It fetches an entry meanwhile, which nobody reads before the lock is held.
struct PublishedPlaces: ~Copyable, Sendable {
    private let first: Atomic<UInt>
    private let count: Atomic<Int>

    init(_ places: EntryPlaces) {
        first = Atomic(places.address)
        count = Atomic(places.count)
    }

    /// Where they lie now: to be read only by whoever holds the lock beside this. Without it the two numbers may be of a table that is
    /// no more, or not of the same one.
    var current: EntryPlaces {
        @inline(__always) get {
            EntryPlaces(address: first.load(ordering: .relaxed), count: count.load(ordering: .relaxed))
        }
    }

    /// Says where they lie from now on.
    ///
    /// - Precondition: The caller holds the lock beside this.
    func update(_ places: EntryPlaces) {
        first.store(places.address, ordering: .relaxed)
        count.store(places.count, ordering: .relaxed)
    }

    /// Has the processor fetch the place that a hash gives an entry. It takes no lock: a place that is out of date is fetched in vain.
    @inline(__always)
    func prefetch(_ hash: UInt64) { gatehouse_prefetch(current.address(ofHome: hash)) }
}
