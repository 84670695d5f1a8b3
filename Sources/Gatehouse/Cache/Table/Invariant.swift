// The invariant of the cache's table. All of the cache's unsafe code is in this folder, and is safe because of it.
//
// Memory
// - A `SieveTable` owns two buffers of equal length: `entries`, of one cache line each, and `details`. Every slot is initialized,
//   a free one with a free entry. Both are freed by its `deinit`, and when it grows.
// - A `CachedEntry` is never copied. It owns one reference to its organization's cell and one to its roles; the initializer takes
//   them, and `deinit` gives them back. Only a free entry has none, and nobody asks a free entry for them.
//
// Slots
// - An entry lies in the slot that its hash gives it, or in a later one, without a free slot between the two (after the last slot
//   comes the first). So a look-up may stop at the first free slot, and taking an entry out closes the gap behind it.
// - At least a quarter of the slots is free, so that every walk ends. `insert` grows the table before that would be broken.
// - No two entries have the same key: whoever inserts has looked for the key under the same lock.
// - `older` and `newer` link all entries, and no free slot, from `oldest` to `newest`; `hand` is one of them or -1.
//
// Locks
// - A shard has sixteen locks, one in each copy. Whoever holds one of them may read the shard's table. Whoever holds all of them
//   may change it, and publishes its slots beside each lock before giving that lock back.
// - Under one lock alone, of an entry only the read mark is written (an atomic, which all threads set to the same value); of
//   the details nothing is written.
// - `PublishedSlots.prefetch` takes no lock, and so reads no entry: it tells the processor an address, which may be out of date.
// - Nothing is freed under a lock but memory of the table itself: organizations and roles leave as a `RemovedEntry`.
// - A lease ends under the locks that take its entry out: whoever invalidates next finds no entry, and nobody is left who answers.
