/// A hash table of bounded size that evicts by SIEVE: a hand walks from the oldest entry to the newest, spares what
/// was read since it last passed, and drops the first that was not. A read only sets a flag.
///
/// Open addressing with linear probing over indices into `entries`; at most half of the slots are taken.
struct SieveTable {
    private struct Entry {
        var key: PermissionKey
        var value: CachedPermissions
        var wasRead = false
        /// Neighbours by age, -1 where there is none.
        var older: Int
        var newer: Int
    }

    private let capacity: Int
    private var entries: [Entry?] = []
    private var free: [Int] = []
    /// The index of an entry plus one; 0: a free slot.
    private var slots = Array(repeating: 0, count: 16)
    private var newest = -1
    private var oldest = -1
    private var hand = -1

    /// - Parameter capacity: at least 1.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { entries.count - free.count }

    /// The value of a key, marked as read.
    mutating func read(_ key: PermissionKey) -> CachedPermissions? {
        let index = slots[slot(of: key)] - 1
        guard index >= 0 else { return nil }
        entries[index]?.wasRead = true
        return entries[index]?.value
    }

    mutating func insert(_ value: CachedPermissions, for key: PermissionKey) {
        let existing = slots[slot(of: key)] - 1
        if existing >= 0 {
            entries[existing]?.value = value
            return
        }
        if count >= capacity { evict() }
        if (count + 1) * 2 > slots.count { grow() }
        let entry = Entry(key: key, value: value, older: newest, newer: -1)
        let index: Int
        if let reused = free.popLast() {
            entries[reused] = entry
            index = reused
        } else {
            entries.append(entry)
            index = entries.count - 1
        }
        if newest >= 0 { entries[newest]?.newer = index } else { oldest = index }
        newest = index
        slots[slot(of: key)] = index + 1
    }

    mutating func remove(_ key: PermissionKey) {
        let slot = slot(of: key)
        guard slots[slot] > 0 else { return }
        removeEntry(slots[slot] - 1, inSlot: slot)
    }

    mutating func removeAll() {
        self = SieveTable(capacity: capacity)
    }

    /// The slot that holds the key, or the free one where it would go.
    @inline(__always)
    private func slot(of key: PermissionKey) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key.hash) & mask
        while slots[slot] > 0, entries[slots[slot] - 1]?.key.isFor(key) != true { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func evict() {
        var index = hand >= 0 ? hand : oldest
        while let entry = entries[index], entry.wasRead {  // ends: each round clears a flag
            entries[index]?.wasRead = false
            index = entry.newer >= 0 ? entry.newer : oldest
        }
        guard let victim = entries[index] else { return }
        hand = victim.newer
        removeEntry(index, inSlot: slot(of: victim.key))
    }

    private mutating func removeEntry(_ index: Int, inSlot slot: Int) {
        guard let entry = entries[index] else { return }
        if hand == index { hand = entry.newer }
        if entry.newer >= 0 { entries[entry.newer]?.older = entry.older } else { newest = entry.older }
        if entry.older >= 0 { entries[entry.older]?.newer = entry.newer } else { oldest = entry.newer }
        entries[index] = nil
        free.append(index)
        closeGap(at: slot)
    }

    /// Moves later entries of the probe sequence up, so that none is cut off by the slot that became free.
    private mutating func closeGap(at slot: Int) {
        let mask = slots.count - 1
        var gap = slot
        var next = (slot + 1) & mask
        while slots[next] > 0, let entry = entries[slots[next] - 1] {
            let home = Int(truncatingIfNeeded: entry.key.hash) & mask
            if (next - home) & mask >= (next - gap) & mask {
                slots[gap] = slots[next]
                gap = next
            }
            next = (next + 1) & mask
        }
        slots[gap] = 0
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for (index, entry) in entries.enumerated() {
            if let entry { slots[slot(of: entry.key)] = index + 1 }
        }
    }
}

/// What is remembered for a key, and until when.
struct CachedPermissions {
    let principal: ResolvedPrincipal
    let expires: MonotonicInstant
}
