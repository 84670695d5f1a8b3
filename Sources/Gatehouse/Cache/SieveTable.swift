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
    /// The details of the entry at the same index.
    nonisolated(unsafe) var details = UnsafeMutableBufferPointer<EntryDetails>.allocate(capacity: 0)
    /// How many indices were ever in use; those that are not now are in `free`.
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
            // There is an entry.
            (entries.baseAddress.unsafelyUnwrapped + Int(index)).deinitialize(count: 1)
            index = (details.baseAddress.unsafelyUnwrapped + Int(index)).move().newer
        }
        entries.deallocate()
        details.deallocate()
        slots.deallocate()
    }

    var count: Int { usedCount - free.count }

    /// Adds an entry whose key is not in the table.
    mutating func insert(_ entry: consuming CachedEntry, _ details: consuming EntryDetails, userTag: UInt32) {
        if (count + 1) * 4 > slots.count * 3 { growSlots() }
        let index = makeRoom()
        place(index, hash: details.hash, userTag: userTag)
        details.older = newest
        if newest >= 0 { self.details[Int(newest)].newer = index } else { oldest = index }
        newest = index
        // There is room.
        (entries.baseAddress.unsafelyUnwrapped + Int(index)).initialize(to: entry)
        (self.details.baseAddress.unsafelyUnwrapped + Int(index)).initialize(to: details)
    }

    /// Takes out the entry in a slot.
    mutating func remove(inSlot slot: Int) -> CachedEntry.Remains {
        let index = Int32(index(inSlot: slot))
        closeGap(at: slot)
        // There is an entry.
        let entry = (entries.baseAddress.unsafelyUnwrapped + Int(index)).move()
        let details = (details.baseAddress.unsafelyUnwrapped + Int(index)).move()
        let (older, newer) = (details.older, details.newer)
        if hand == index { hand = newer }
        if newer >= 0 { self.details[Int(newer)].older = older } else { newest = older }
        if older >= 0 { self.details[Int(older)].newer = newer } else { oldest = newer }
        free.append(index)
        // Now, and not once the lock is given back: whoever invalidates next finds no entry, and nobody may be left who uses it.
        details.lease?.end()
        return CachedEntry.Remains(organization: entry.organization, roles: entry.roles)
    }

    /// Takes out the first entry from the hand on that was not read since the hand passed, or is of no more use.
    mutating func evict(_ moment: CacheMoment) -> CachedEntry.Remains? {
        guard count > 0 else { return nil }
        var index = hand >= 0 ? hand : oldest
        while entries[Int(index)].wasRead, entries[Int(index)].isUsable(moment) {  // ends: each step clears a flag
            entries[Int(index)].clearRead()
            index = details[Int(index)].newer >= 0 ? details[Int(index)].newer : oldest
        }
        hand = index
        return remove(inSlot: slot(of: index))
    }

    /// An index whose memory is free.
    private mutating func makeRoom() -> Int32 {
        if let reused = free.popLast() { return reused }
        if usedCount == entries.count {
            // Doubled, but with a reserve of an eighth only beyond what is expected.
            let wanted = max(
                8,
                min(usedCount * 2, max(expectedCount + expectedCount / 8, usedCount + usedCount / 8 + 1))
            )
            // Every index is in use: none is free.
            entries = entries.moved(usedCount, to: .allocate(aligned: wanted))
            details = details.moved(usedCount, to: .allocate(capacity: wanted))
        }
        usedCount += 1
        return Int32(usedCount - 1)  // fits: the capacity does
    }
}

extension UnsafeMutableBufferPointer where Element == CachedEntry, Element: ~Copyable {
    /// Room for entries, each of one cache line and no more.
    fileprivate static func allocate(aligned count: Int) -> Self {
        let size = MemoryLayout<CachedEntry>.stride
        return UnsafeMutableRawBufferPointer.allocate(byteCount: count * size, alignment: 64)
            .bindMemory(to: CachedEntry.self)
    }
}

extension UnsafeMutableBufferPointer where Element: ~Copyable {
    /// The same elements in larger memory, in the place of this.
    fileprivate func moved(_ count: Int, to larger: Self) -> Self {
        if count > 0 {
            larger.baseAddress.unsafelyUnwrapped.moveInitialize(from: baseAddress.unsafelyUnwrapped, count: count)
        }
        deallocate()
        return larger
    }
}
