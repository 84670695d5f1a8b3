/// A hash table that evicts by SIEVE (Zhang et al., NSDI 2024): a hand walks from the oldest entry to the newest, spares what
/// was read since it last passed, and drops the first that was not. A read only sets a flag.
///
/// Entries lie in memory of the table's own, so that a look-up touches an entry where it lies and counts no reference. Its owner
/// lets one thread at a time use it.
struct SieveTable: ~Copyable, Sendable {
    /// The fewest slots. There is always a power of two of them.
    private static let fewestSlots = 16
    /// How many entries are expected at most: memory is not made ready for many more.
    let expectedCount: Int
    // Memory that this table alone owns and frees: whoever may use the table may use it.
    nonisolated(unsafe) var slots = UnsafeMutableBufferPointer<Slot>.allocate(fewestSlots)
    nonisolated(unsafe) private(set) var entries = UnsafeMutableBufferPointer<CachedEntry>.allocate(aligned: 0)
    /// How many of `entries` were ever in use; those that are not now are in `free`.
    private var usedCount = 0
    private var free: [Int32] = []
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    private var hand: Int32 = -1

    init(expectedCount: Int) {
        self.expectedCount = expectedCount
    }

    deinit {
        var index = oldest
        while index >= 0 {
            let entry = entries.baseAddress.unsafelyUnwrapped + Int(index)  // there is an entry
            index = entry.pointee.newer
            entry.deinitialize(count: 1)
        }
        entries.deallocate()
        slots.deallocate()
    }

    var count: Int { usedCount - free.count }

    /// Adds an entry whose key is not in the table.
    mutating func insert(_ entry: consuming CachedEntry, userTag: UInt32) {
        if (count + 1) * 4 > slots.count * 3 { growSlots() }
        let index = makeRoom()
        entry.older = newest
        if newest >= 0 { entries[Int(newest)].newer = index } else { oldest = index }
        newest = index
        let hash = entry.hash
        (entries.baseAddress.unsafelyUnwrapped + Int(index)).initialize(to: entry)  // there is room
        place(index, hash: hash, userTag: userTag)
    }

    /// Takes out the entry in a slot.
    mutating func remove(inSlot slot: Int) -> CachedEntry.Remains {
        let index = Int32(index(inSlot: slot))
        let entry = (entries.baseAddress.unsafelyUnwrapped + Int(index)).move()  // there is an entry
        if hand == index { hand = entry.newer }
        if entry.newer >= 0 { entries[Int(entry.newer)].older = entry.older } else { newest = entry.older }
        if entry.older >= 0 { entries[Int(entry.older)].newer = entry.newer } else { oldest = entry.newer }
        closeGap(at: slot)
        free.append(index)
        return entry.remains
    }

    /// Takes out the first entry from the hand on that was not read since the hand passed, or is of no more use.
    mutating func evict(_ moment: CacheMoment) -> CachedEntry.Remains? {
        guard count > 0 else { return nil }
        var index = hand >= 0 ? hand : oldest
        while entries[Int(index)].wasRead, entries[Int(index)].isUsable(moment) {  // ends: each step clears a flag
            entries[Int(index)].wasRead = false
            index = entries[Int(index)].newer >= 0 ? entries[Int(index)].newer : oldest
        }
        hand = index
        return remove(inSlot: slot(of: index))
    }

    /// The index of an entry's memory that is free.
    private mutating func makeRoom() -> Int32 {
        if let reused = free.popLast() { return reused }
        if usedCount == entries.count {
            // Doubled, but with a reserve of an eighth only beyond what is expected.
            let wanted = max(
                8,
                min(usedCount * 2, max(expectedCount + expectedCount / 8, usedCount + usedCount / 8 + 1))
            )
            let larger = UnsafeMutableBufferPointer<CachedEntry>.allocate(aligned: wanted)
            // Every entry is in use: none is free.
            if usedCount > 0 {
                (larger.baseAddress.unsafelyUnwrapped).moveInitialize(
                    from: entries.baseAddress.unsafelyUnwrapped,
                    count: usedCount
                )
            }
            entries.deallocate()
            entries = larger
        }
        usedCount += 1
        return Int32(usedCount - 1)  // fits: the capacity does
    }
}

extension UnsafeMutableBufferPointer where Element == CachedEntry, Element: ~Copyable {
    /// Room for entries, each of two cache lines and no more.
    fileprivate static func allocate(aligned count: Int) -> Self {
        let size = MemoryLayout<CachedEntry>.stride
        return UnsafeMutableRawBufferPointer.allocate(byteCount: count * size, alignment: 128)
            .bindMemory(to: CachedEntry.self)
    }
}
