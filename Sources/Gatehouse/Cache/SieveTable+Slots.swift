/// Where keys are found: open addressing with linear probing. At most half of the slots are taken, so every probe ends.
extension SieveTable {
    @inline(__always)
    func home(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

    @inline(__always)
    func find(_ key: PermissionKey) -> Int? {
        let mask = slots.count - 1
        let tag = UInt32(truncatingIfNeeded: key.hash >> 32)
        var slot = home(of: key.hash)
        while slots[slot].indexPlusOne > 0 {
            if slots[slot].tag == tag, keys[Int(slots[slot].indexPlusOne) - 1].isSame(as: key) { return slot }
            slot = (slot + 1) & mask
        }
        return nil
    }

    mutating func place(_ index: Int32, hash: UInt64) {
        var slot = home(of: hash)
        while slots[slot].indexPlusOne > 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Slot(tag: UInt32(truncatingIfNeeded: hash >> 32), indexPlusOne: UInt32(index + 1))
    }

    /// Moves later slots of the probe sequence up, so that none is cut off by the one that became free.
    mutating func closeGap(at slot: Int) {
        let mask = slots.count - 1
        var gap = slot
        var next = (slot + 1) & mask
        while slots[next].indexPlusOne > 0 {
            let home = home(of: keys[Int(slots[next].indexPlusOne) - 1].hash)
            if (next - home) & mask >= (next - gap) & mask {
                slots[gap] = slots[next]
                gap = next
            }
            next = (next + 1) & mask
        }
        slots[gap] = Slot()
    }

    mutating func grow() {
        let taken = slots.filter { $0.indexPlusOne > 0 }
        slots = Array(repeating: Slot(), count: slots.count * 2)
        for slot in taken { place(Int32(slot.indexPlusOne) - 1, hash: keys[Int(slot.indexPlusOne) - 1].hash) }
    }
}
