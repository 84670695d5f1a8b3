/// Where keys are found: open addressing with linear probing. At least a quarter of the slots is free, so every probe ends.
extension SieveTable {
    /// The index of an entry plus one in the low bits, as many as number the slots, and a part of its user's tag in the
    /// others; 0: free. Small, so that all slots stay near the processor.
    typealias Slot = UInt32

    private var indexMask: Slot { Slot(truncatingIfNeeded: slots.count - 1) }  // there are at most 2^31 slots

    @inline(__always)
    func home(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

    @inline(__always)
    func find(_ key: PermissionKey) -> Int? {
        let tag = Self.userTag(of: key)
        var slot = home(of: key.hash)
        while slots[slot] > 0 {
            if hasTag(tag, slot), entry(inSlot: slot).pointee.isSame(as: key) { return slot }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Whether the entry in a slot may be of a user with this tag.
    @inline(__always)
    func hasTag(_ tag: UInt32, _ slot: Int) -> Bool { (slots[slot] ^ tag) & ~indexMask == 0 }

    /// The entry of a key, if it is still good.
    @inline(__always)
    func usableEntry(
        _ key: PermissionKey,
        _ moment: CacheMoment,
        atLeast revision: MembershipRevision?
    ) -> UnsafeMutablePointer<CachedEntry>? {
        guard let slot = find(key) else { return nil }
        let entry = entry(inSlot: slot)
        guard entry.pointee.isUsable(moment) else { return nil }
        if let revision, details[index(inSlot: slot)].revision < revision.number { return nil }
        return entry
    }

    /// A part of the hash of the user, the same in every organization, of which the shard's choice takes none.
    @inline(__always)
    static func userTag(of key: PermissionKey) -> UInt32 { UInt32(truncatingIfNeeded: key.userHash >> 16) }

    /// The index of the entry in a slot that has one.
    @inline(__always)
    func index(inSlot slot: Int) -> Int { Int(slots[slot] & indexMask) - 1 }

    /// The entry in a slot that has one.
    @inline(__always)
    func entry(inSlot slot: Int) -> UnsafeMutablePointer<CachedEntry> {
        entries.baseAddress.unsafelyUnwrapped + index(inSlot: slot)  // there is an entry
    }

    /// The slot of the entry at an index.
    func slot(of index: Int32) -> Int {
        var slot = home(of: details[Int(index)].hash)
        while slots[slot] & indexMask != Slot(index + 1) { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    mutating func place(_ index: Int32, hash: UInt64, userTag: UInt32) {
        var slot = home(of: hash)
        while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = userTag & ~indexMask | Slot(index + 1)
    }

    /// Moves later slots of the probe sequence up, so that none is cut off by the one that became free.
    ///
    /// - Precondition: The entries of all slots are there, this one's included.
    mutating func closeGap(at slot: Int) {
        let mask = slots.count - 1
        var gap = slot
        var next = (slot + 1) & mask
        while slots[next] > 0 {
            let home = home(of: details[index(inSlot: next)].hash)
            if (next - home) & mask >= (next - gap) & mask {
                slots[gap] = slots[next]
                gap = next
            }
            next = (next + 1) & mask
        }
        slots[gap] = 0
    }

    mutating func growSlots() {
        let (old, oldMask) = (slots, indexMask)
        slots = .allocate(old.count * 2)
        for slot in old where slot > 0 {
            let index = Int32(slot & oldMask) - 1
            place(index, hash: details[Int(index)].hash, userTag: slot)  // of which a bit less is left
        }
        old.deallocate()
    }
}

extension UnsafeMutableBufferPointer<UInt32> {
    /// Free slots.
    static func allocate(_ count: Int) -> Self {
        let slots = allocate(capacity: count)
        slots.initialize(repeating: 0)
        return slots
    }
}
