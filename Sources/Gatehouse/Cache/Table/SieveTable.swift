/// A hash table that evicts by SIEVE (Zhang et al., NSDI 2024): a hand walks from the oldest entry to the newest, spares what
/// was read since it last passed, and drops the first that was not. A read only sets a flag.
///
/// An entry is touched where it lies, and no reference is counted. The table's owner lets one thread at a time change it, while none
/// reads.
struct SieveTable: ~Copyable, Sendable {
    // Memory that this table alone owns and frees: whoever may use the table may use it.
    nonisolated(unsafe) var entries = UnsafeMutableBufferPointer<CachedEntry>.allocate(places: 16)
    /// The details of the entry in the same place.
    nonisolated(unsafe) var details = UnsafeMutableBufferPointer<EntryDetails>.allocate(places: 16)
    /// Where the entries lie, until one is inserted or all are taken.
    var places: EntryPlaces { EntryPlaces(entries) }
    private(set) var count = 0
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    private var hand: Int32 = -1
    /// Where the next sweep begins.
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

    /// Takes out the entry in a place. Another may move up to it.
    mutating func remove(at place: Int) -> CachedEntry.Remains {
        let remains = CachedEntry.Remains(organization: entries[place].organization, roles: entries[place].roles)
        // Now, and not once the lock is given back: whoever invalidates next finds no entry, and nobody may be left who uses it.
        details[place].lease?.end()
        let (older, newer) = (details[place].older, details[place].newer)
        if Int(hand) == place { hand = newer }
        if newer >= 0 { details[Int(newer)].older = older } else { newest = older }
        if older >= 0 { details[Int(older)].newer = newer } else { oldest = newer }
        count -= 1
        closeGap(at: place)
        return remains
    }

    /// Takes out the entries for which a condition holds.
    mutating func removeAll(where condition: (UnsafeMutablePointer<CachedEntry>) -> Bool) -> [CachedEntry.Remains] {
        var removed: [CachedEntry.Remains] = []
        var place = 0
        while place < entries.count {
            let entry = places.entry(at: place)
            if !entry.pointee.isFree, condition(entry) {
                removed.append(remove(at: place))  // another entry may have moved up: look again
            } else {
                place += 1
            }
        }
        return removed
    }

    /// Takes out what is of no more use in the next four places: done with each load, so that what nobody asks for again does not
    /// stay, nor the policy that it was judged by.
    mutating func sweep(_ moment: CacheMoment) -> [CachedEntry.Remains] {
        var removed: [CachedEntry.Remains] = []
        for _ in 0..<4 {
            let entry = places.entry(at: swept)
            if !entry.pointee.isFree, !entry.pointee.isUsable(moment) {
                removed.append(remove(at: swept))  // another entry may have moved up: look again
            } else {
                swept = places.place(after: swept)
            }
        }
        return removed
    }

    /// Takes out the first entry from the hand on that was not read since the hand passed, or is of no more use.
    mutating func evict(_ moment: CacheMoment) -> CachedEntry.Remains? {
        guard count > 0 else { return nil }
        var place = Int(hand >= 0 ? hand : oldest)
        while entries[place].wasRead, entries[place].isUsable(moment) {  // ends: each step clears a flag
            entries[place].clearRead()
            place = Int(details[place].newer >= 0 ? details[place].newer : oldest)
        }
        hand = Int32(place)
        return remove(at: place)
    }

    /// Adds an entry as the newest. There is a free place.
    private mutating func append(_ entry: consuming CachedEntry, _ details: EntryDetails) {
        var place = places.home(of: details.hash)
        while !entries[place].isFree { place = places.place(after: place) }
        entries[place] = entry
        self.details[place] = details
        self.details[place].older = newest
        self.details[place].newer = -1
        let index = Int32(place)  // fits: the capacity does, and half as much again
        if newest >= 0 { self.details[Int(newest)].newer = index } else { oldest = index }
        newest = index
        count += 1
    }

    /// Moves later entries of the walk up, so that none is cut off by the place that becomes free.
    private mutating func closeGap(at place: Int) {
        var gap = place
        var next = places.place(after: place)
        while !entries[next].isFree {
            if places.distance(places.home(of: details[next].hash), next) >= places.distance(gap, next) {
                swap(&entries[gap], &entries[next])
                details[gap] = details[next]
                let (older, newer) = (details[gap].older, details[gap].newer)
                if older >= 0 { details[Int(older)].newer = Int32(gap) } else { oldest = Int32(gap) }
                if newer >= 0 { details[Int(newer)].older = Int32(gap) } else { newest = Int32(gap) }
                if Int(hand) == next { hand = Int32(gap) }
                gap = next
            }
            next = places.place(after: next)
        }
        entries[gap] = CachedEntry()
        details[gap] = EntryDetails()
    }

    /// Gives the entries, from the oldest to the newest, places in memory that is larger by an eighth: the closer they lie together, the
    /// less memory a look-up at random can wait for.
    private mutating func grow() {
        let (old, oldDetails, oldHand) = (entries, details, hand)
        let wanted = old.count + old.count / 8
        entries = .allocate(places: wanted)
        details = .allocate(places: wanted)
        var next = oldest
        (newest, oldest, hand, count) = (-1, -1, -1, 0)
        while next >= 0 {
            let place = Int(next)
            append(exchange(&old[place], with: CachedEntry()), oldDetails[place])
            if oldHand == next { hand = newest }
            next = oldDetails[place].newer
        }
        old.deinitialize().deallocate()
        oldDetails.deinitialize().deallocate()
    }
}

extension UnsafeMutableBufferPointer where Element == CachedEntry, Element: ~Copyable {
    /// Free places, each of one cache line and no more.
    fileprivate static func allocate(places count: Int) -> Self {
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: count * MemoryLayout<CachedEntry>.stride,
            alignment: 64
        )
        let places = memory.bindMemory(to: CachedEntry.self)
        for place in places.indices { places.initializeElement(at: place, to: CachedEntry()) }
        return places
    }
}

extension UnsafeMutableBufferPointer<EntryDetails> {
    fileprivate static func allocate(places count: Int) -> Self {
        let places = allocate(capacity: count)
        places.initialize(repeating: EntryDetails())
        return places
    }
}
