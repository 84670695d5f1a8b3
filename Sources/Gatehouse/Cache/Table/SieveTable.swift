/// A hash table that evicts by SIEVE (Zhang et al., NSDI 2024). A hand walks from the oldest entry to the newest, spares the entries that
/// were read since it last passed, and removes the first entry that was not read. A read only sets a flag.
///
/// An entry is used in place, and no reference is counted. The table's owner lets only one thread at a time change the table, while no
/// thread reads.
struct SieveTable: ~Copyable, Sendable {
    // Memory that only this table owns and frees. Every thread that may use the table may use the memory.
    nonisolated(unsafe) var entries = UnsafeMutableBufferPointer<CachedEntry>.allocate(slots: 16)
    /// The details of the entry in the same slot.
    nonisolated(unsafe) var details = UnsafeMutableBufferPointer<EntryDetails>.allocate(slots: 16)
    /// The slots of the entries, which are valid until an entry is inserted or all are removed.
    var slots: EntrySlots { EntrySlots(entries) }
    private(set) var count = 0
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    private var hand: Int32 = -1
    /// The slot at which the next sweep begins.
    private var swept = 0

    deinit {
        entries.deinitialize().deallocate()
        details.deinitialize().deallocate()
    }

    /// Adds an entry whose key is not in the table.
    mutating func insert(_ entry: consuming CachedEntry, _ details: EntryDetails) {
        if (count + 1) * 4 > entries.count * 3 { grow() }
        append(entry, details)
    }

    /// Removes the entry in a slot. Another entry may move to the slot.
    mutating func remove(at slot: Int) -> RemovedEntry {
        let removed = RemovedEntry(organization: entries[slot].organization, roles: entries[slot].roles)
        // The lease ends now, and not when it is released: the next invalidation finds no entry, so that no caller may still use the lease.
        details[slot].lease?.end()
        let (older, newer) = (details[slot].older, details[slot].newer)
        if Int(hand) == slot { hand = newer }
        if newer >= 0 { details[Int(newer)].older = older } else { newest = older }
        if older >= 0 { details[Int(older)].newer = newer } else { oldest = newer }
        count -= 1
        closeGap(at: slot)
        return removed
    }

    /// Removes the entries that meet a condition.
    mutating func removeAll(where condition: (UnsafeMutablePointer<CachedEntry>) -> Bool) -> [RemovedEntry] {
        var removed: [RemovedEntry] = []
        var slot = 0
        while slot < entries.count {
            let entry = slots.entry(at: slot)
            if !entry.pointee.isFree, condition(entry) {
                removed.append(remove(at: slot))  // another entry may have moved here
            } else {
                slot += 1
            }
        }
        return removed
    }

    /// Removes useless entries in the next four slots. Each load does so, so that an entry that is not used again does not stay, and
    /// neither does its policy.
    mutating func sweep(_ moment: CacheMoment) -> [RemovedEntry] {
        var removed: [RemovedEntry] = []
        for _ in 0..<4 {
            let entry = slots.entry(at: swept)
            if !entry.pointee.isFree, !entry.pointee.isUsable(moment) {
                removed.append(remove(at: swept))  // another entry may have moved here
            } else {
                swept = slots.slot(after: swept)
            }
        }
        return removed
    }

    /// Takes out the first entry from the hand on that was not read since the hand passed, or is of no more use.
    mutating func evict(_ moment: CacheMoment) -> RemovedEntry? {
        guard count > 0 else { return nil }
        var slot = Int(hand >= 0 ? hand : oldest)
        while entries[slot].wasRead, entries[slot].isUsable(moment) {  // ends: each step clears a flag
            entries[slot].clearRead()
            slot = Int(details[slot].newer >= 0 ? details[slot].newer : oldest)
        }
        hand = Int32(slot)
        return remove(at: slot)
    }

    /// Adds an entry as the newest. There is a free slot.
    private mutating func append(_ entry: consuming CachedEntry, _ details: EntryDetails) {
        var slot = slots.home(of: details.hash)
        while !entries[slot].isFree { slot = slots.slot(after: slot) }
        entries[slot] = entry
        self.details[slot] = details
        self.details[slot].older = newest
        self.details[slot].newer = -1
        let index = Int32(slot)  // no overflow: the capacity and half as much fit
        if newest >= 0 { self.details[Int(newest)].newer = index } else { oldest = index }
        newest = index
        count += 1
    }

    /// Moves later entries of the walk, so that the free slot does not cut them off.
    private mutating func closeGap(at slot: Int) {
        var gap = slot
        var next = slots.slot(after: slot)
        while !entries[next].isFree {
            if slots.distance(slots.home(of: details[next].hash), next) >= slots.distance(gap, next) {
                swap(&entries[gap], &entries[next])
                details[gap] = details[next]
                let (older, newer) = (details[gap].older, details[gap].newer)
                if older >= 0 { details[Int(older)].newer = Int32(gap) } else { oldest = Int32(gap) }
                if newer >= 0 { details[Int(newer)].older = Int32(gap) } else { newest = Int32(gap) }
                if Int(hand) == next { hand = Int32(gap) }
                gap = next
            }
            next = slots.slot(after: next)
        }
        entries[gap] = CachedEntry()
        details[gap] = EntryDetails()
    }

    /// Gives the entries, from the oldest to the newest, slots in memory that is larger by an eighth: the closer they lie together, the
    /// less memory a look-up at random can wait for.
    private mutating func grow() {
        let (old, oldDetails, oldHand) = (entries, details, hand)
        let wanted = old.count + old.count / 8
        entries = .allocate(slots: wanted)
        details = .allocate(slots: wanted)
        var next = oldest
        (newest, oldest, hand, count) = (-1, -1, -1, 0)
        while next >= 0 {
            let slot = Int(next)
            append(exchange(&old[slot], with: CachedEntry()), oldDetails[slot])
            if oldHand == next { hand = newest }
            next = oldDetails[slot].newer
        }
        old.deinitialize().deallocate()
        oldDetails.deinitialize().deallocate()
    }
}

extension UnsafeMutableBufferPointer where Element == CachedEntry, Element: ~Copyable {
    /// Allocates free slots of exactly one cache line each.
    fileprivate static func allocate(slots count: Int) -> Self {
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: count * MemoryLayout<CachedEntry>.stride,
            alignment: 64
        )
        let slots = memory.bindMemory(to: CachedEntry.self)
        for slot in slots.indices { slots.initializeElement(at: slot, to: CachedEntry()) }
        return slots
    }
}

extension UnsafeMutableBufferPointer<EntryDetails> {
    fileprivate static func allocate(slots count: Int) -> Self {
        let slots = allocate(capacity: count)
        slots.initialize(repeating: EntryDetails())
        return slots
    }
}
