/// The memory of a table's entries, without ownership: for whoever keeps the table alive and unchanged beside it.
///
/// Open addressing with linear probing: an entry lies in the slot that its hash gives it, or in the first free one after it, so that
/// a look-up waits for memory once. At least a quarter of the slots is free, so that every walk from slot to slot ends.
struct EntrySlots: Sendable {
    /// The address of the first slot.
    let address: UInt
    let count: Int

    /// - Parameter entries: not empty.
    init(_ entries: UnsafeMutableBufferPointer<CachedEntry>) {
        self.init(address: UInt(bitPattern: entries.baseAddress), count: entries.count)
    }

    /// - Parameters:
    ///   - address: The place of the first of them.
    ///   - count: how many there are, not none.
    init(address: UInt, count: Int) {
        self.address = address
        self.count = count
    }

    /// Returns the entry in a slot.
    @inline(__always)
    func entry(at slot: Int) -> UnsafeMutablePointer<CachedEntry> {
        UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped + slot  // memory that was allocated is not at 0
    }

    /// Returns the address of the slot that a hash gives an entry, also of a table that is no more.
    @inline(__always)
    func address(ofHome hash: UInt64) -> UInt {
        address &+ UInt(truncatingIfNeeded: home(of: hash) &* MemoryLayout<CachedEntry>.stride)
    }

    /// Returns the slot that a hash gives an entry: by its high bits, of which the shard's choice takes none.
    @inline(__always)
    func home(of hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
    }

    /// Returns the next slot, the first after the last.
    @inline(__always)
    func slot(after slot: Int) -> Int { slot &+ 1 == count ? 0 : slot &+ 1 }

    /// Returns the number of steps from a slot to another.
    func distance(_ slot: Int, _ other: Int) -> Int {
        other >= slot ? other - slot : other - slot + count
    }

    /// Returns the slot of a key's entry.
    @inline(__always)
    func find(_ key: PermissionKey) -> Int? {
        var slot = home(of: key.hash)
        while !entry(at: slot).pointee.isFree {
            if entry(at: slot).pointee.isSame(as: key) { return slot }
            slot = self.slot(after: slot)
        }
        return nil
    }

    /// Returns the slot of a key's entry, if it is still good.
    ///
    /// - Parameter moment: when; asked for only where there is an entry.
    @inline(__always)
    func find(_ key: PermissionKey, usableAt moment: @autoclosure () -> CacheMoment) -> Int? {
        guard let slot = find(key), entry(at: slot).pointee.isUsable(moment()) else { return nil }
        return slot
    }
}
