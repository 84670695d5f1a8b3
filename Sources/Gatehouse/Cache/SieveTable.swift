/// A hash table of bounded size that evicts by SIEVE: a hand walks from the oldest entry to the newest, spares what
/// was read since it last passed, and drops the first that was not. A read only sets a flag.
///
/// Open addressing with linear probing; a slot holds half of the hash and the place of its entry. At most half of
/// the slots are taken, so every probe ends. The parts of an entry lie in arrays of their own, so that a look-up
/// touches the key and the value and copies neither.
struct SieveTable: Sendable {
    struct Slot {
        var tag: UInt32 = 0
        /// The index of an entry plus one; 0: a free slot.
        var indexPlusOne: UInt32 = 0
    }

    /// An entry's neighbours by age, -1 where there is none, and whether it was read.
    private struct Age {
        var older: Int32 = -1
        var newer: Int32 = -1
        var wasRead = false
    }

    private let capacity: Int
    var slots = Array(repeating: Slot(), count: 16)
    private(set) var keys: [StoredKey] = []
    private var values: [CachedPermissions?] = []
    private var ages: [Age] = []
    private var free: [Int32] = []
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    private var hand: Int32 = -1

    /// - Parameter capacity: at least 1, at most 2^30.
    init(capacity: Int) {
        self.capacity = min(max(1, capacity), 1 << 30)
    }

    var count: Int { keys.count - free.count }

    /// The value of a key, marked as read.
    mutating func read(_ key: PermissionKey) -> CachedPermissions? {
        guard let slot = find(key) else { return nil }
        let index = Int(slots[slot].indexPlusOne) - 1
        ages[index].wasRead = true
        return values[index]
    }

    mutating func insert(_ value: CachedPermissions, for key: PermissionKey) {
        if let slot = find(key) {
            values[Int(slots[slot].indexPlusOne) - 1] = value
            return
        }
        if count >= capacity { evict() }
        if (count + 1) * 2 > slots.count { grow() }
        let index = add(StoredKey(key), value)
        if newest >= 0 { ages[Int(newest)].newer = index } else { oldest = index }
        newest = index
        place(index, hash: key.hash)
    }

    mutating func remove(_ key: PermissionKey) {
        if let slot = find(key) { removeEntry(inSlot: slot) }
    }

    mutating func removeAll() {
        self = SieveTable(capacity: capacity)
    }

    private mutating func add(_ key: StoredKey, _ value: CachedPermissions) -> Int32 {
        let age = Age(older: newest)
        if let reused = free.popLast() {
            keys[Int(reused)] = key
            values[Int(reused)] = value
            ages[Int(reused)] = age
            return reused
        }
        keys.append(key)
        values.append(value)
        ages.append(age)
        return Int32(keys.count - 1)  // fits: the capacity does
    }

    private mutating func evict() {
        var index = hand >= 0 ? hand : oldest
        while ages[Int(index)].wasRead {  // ends: each step clears a flag
            ages[Int(index)].wasRead = false
            index = ages[Int(index)].newer >= 0 ? ages[Int(index)].newer : oldest
        }
        hand = index
        var slot = home(of: keys[Int(index)].hash)
        while slots[slot].indexPlusOne != UInt32(index + 1) { slot = (slot + 1) & (slots.count - 1) }
        removeEntry(inSlot: slot)
    }

    private mutating func removeEntry(inSlot slot: Int) {
        let index = Int32(slots[slot].indexPlusOne) - 1
        let age = ages[Int(index)]
        if hand == index { hand = age.newer }
        if age.newer >= 0 { ages[Int(age.newer)].older = age.older } else { newest = age.older }
        if age.older >= 0 { ages[Int(age.older)].newer = age.newer } else { oldest = age.newer }
        values[Int(index)] = nil
        free.append(index)
        closeGap(at: slot)
    }
}

/// What is remembered for a key, and until when.
struct CachedPermissions: Sendable {
    let principal: ResolvedPrincipal
    let expires: MonotonicInstant
}
