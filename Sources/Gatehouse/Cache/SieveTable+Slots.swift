/// Where keys are found: open addressing with linear probing. At most half of the slots are taken, so every probe ends.
extension SieveTable {
    @inline(__always)
    func home(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

    @inline(__always)
    func find(_ key: PermissionKey) -> Int? {
        let mask = slots.count - 1
        let tag = Self.userTag(of: key)
        var slot = home(of: key.hash)
        while slots[slot].indexPlusOne > 0 {
            if slots[slot].userTag == tag, entry(inSlot: slot).pointee.isSame(as: key) { return slot }
            slot = (slot + 1) & mask
        }
        return nil
    }

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
        if let revision, entry.pointee.revision < revision.number { return nil }
        return entry
    }

    @inline(__always)
    static func userTag(of key: PermissionKey) -> UInt32 { UInt32(truncatingIfNeeded: key.userHash >> 16) }

    /// The entry in a slot that has one.
    @inline(__always)
    func entry(inSlot slot: Int) -> UnsafeMutablePointer<CachedEntry> {
        entries.baseAddress.unsafelyUnwrapped + Int(slots[slot].indexPlusOne) - 1  // there is an entry
    }

    /// The slot of the entry at an index.
    func slot(of index: Int32) -> Int {
        var slot = home(of: entries[Int(index)].hash)
        while slots[slot].indexPlusOne != UInt32(index + 1) { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    mutating func place(_ index: Int32, hash: UInt64, userTag: UInt32) {
        var slot = home(of: hash)
        while slots[slot].indexPlusOne > 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Slot(userTag: userTag, indexPlusOne: UInt32(index + 1))
    }

    /// Moves later slots of the probe sequence up, so that none is cut off by the one that became free.
    ///
    /// - Precondition: No other slot's entry was taken out.
    mutating func closeGap(at slot: Int) {
        let mask = slots.count - 1
        var gap = slot
        var next = (slot + 1) & mask
        while slots[next].indexPlusOne > 0 {
            let home = home(of: entry(inSlot: next).pointee.hash)
            if (next - home) & mask >= (next - gap) & mask {
                slots[gap] = slots[next]
                gap = next
            }
            next = (next + 1) & mask
        }
        slots[gap] = Slot()
    }

    mutating func growSlots() {
        let old = slots
        slots = .allocate(old.count * 2)
        for slot in old where slot.indexPlusOne > 0 {
            let index = Int32(slot.indexPlusOne) - 1
            place(index, hash: entries[Int(index)].hash, userTag: slot.userTag)
        }
        old.deallocate()
    }
}

extension UnsafeMutableBufferPointer<SieveTable.Slot> {
    /// Free slots.
    static func allocate(_ count: Int) -> Self {
        let slots = allocate(capacity: count)
        slots.initialize(repeating: SieveTable.Slot())
        return slots
    }
}
