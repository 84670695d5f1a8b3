// The invariant of the cache's table. All of the cache's unsafe code is in this folder, and this invariant makes the code safe.
//
// Memory
// - A `SieveTable` owns two buffers of equal length: `entries`, of one cache line each, and `details`. Every slot is initialized, a free
//   slot with a free entry. The table frees both buffers in its `deinit`, and when it grows.
// - A `CachedEntry` is never copied. It owns one reference to its organization's cell and one to its roles. The initializer takes the
//   references, and `deinit` gives them back. Only a free entry has no references, and no code reads them from a free entry.
//
// Slots
// - An entry lies in the slot of its hash, or in a later slot, without a free slot between the two. The slot after the last is the first.
//   So a look-up may stop at the first free slot, and the removal of an entry closes the gap behind it.
// - At least a quarter of the slots is free, so that every walk ends. `insert` grows the table before fewer slots would be free.
// - No two entries have the same key: a thread that inserts an entry has looked for the key under the same lock.
// - `older` and `newer` link all entries, and no free slot, from `oldest` to `newest`. `hand` is one of the entries or -1.
//
// Locks
// - A shard has sixteen locks, one in each copy. A thread with one of the locks may read the shard's table. A thread with all of them may
//   change the table, and publishes its slots beside each lock before it releases that lock.
// - Under one lock alone, a thread writes only the read mark of an entry (an atomic, which all threads set to the same value), and nothing
//   of the details.
// - `PublishedSlots.prefetch` takes no lock, and so reads no entry. It gives the processor an address, which may be outdated.
// - Under a lock, only memory of the table itself is freed. Organizations and roles leave as a `RemovedEntry`.
// - A lease ends under the locks that remove its entry. So the next invalidation finds no entry, and no thread still answers by the lease.
