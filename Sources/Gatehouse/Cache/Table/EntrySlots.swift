/// The memory of a table's entries without ownership. The caller keeps the table alive and unchanged.
///
/// The table uses open addressing with linear probing: an entry is in the slot of its hash, or in the first free slot after it, so that a
/// look-up waits for memory once. At least a quarter of the slots is free, so that every walk from slot to slot ends.
struct EntrySlots: Sendable {
    /// The address of the first slot.
    let address: UInt
    let count: Int

    /// Makes slots from memory.
    ///
    /// - Parameter entries: The memory, which must not be empty.
    init(_ entries: UnsafeMutableBufferPointer<CachedEntry>) {
        self.init(address: UInt(bitPattern: entries.baseAddress), count: entries.count)
    }

    /// Makes slots from an address.
    ///
    /// - Parameters:
    ///   - address: The address of the first slot.
    ///   - count: The number of slots, which must not be 0.
    init(address: UInt, count: Int) {
        self.address = address
        self.count = count
    }

    /// Returns the entry in a slot.
    @inline(__always)
    func entry(at slot: Int) -> UnsafeMutablePointer<CachedEntry> {
        UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped + slot  // allocated memory is not at 0
    }

    /// Returns the address of the slot of a hash, even for a freed table.
    @inline(__always)
    func address(ofHome hash: UInt64) -> UInt {
        address &+ UInt(truncatingIfNeeded: home(of: hash) &* MemoryLayout<CachedEntry>.stride)
    }

    /// Returns the slot of a hash, by its high bits. The choice of the shard uses none of these bits.
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

    /// Returns the slot of a key's entry; `nil` if there is no valid entry.
    ///
    /// - Parameter moment: The moment, which is evaluated only for an existing entry.
    @inline(__always)
    func find(_ key: PermissionKey, usableAt moment: @autoclosure () -> CacheMoment) -> Int? {
        guard let slot = find(key), entry(at: slot).pointee.isUsable(moment()) else { return nil }
        return slot
    }
}
