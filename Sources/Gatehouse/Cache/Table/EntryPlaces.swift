/// Where the entries of a table lie, without ownership: for whoever keeps the table alive and unchanged beside it.
///
/// Open addressing with linear probing: an entry lies in the place that its hash gives it, or in the first free one after it, so that
/// a look-up waits for memory once. At least a quarter of the places is free, so that every walk from place to place ends.
struct EntryPlaces: Sendable {
    /// The address of the first place.
    let address: UInt
    let count: Int

    /// - Parameter entries: not empty.
    init(_ entries: UnsafeMutableBufferPointer<CachedEntry>) {
        self.init(address: UInt(bitPattern: entries.baseAddress), count: entries.count)
    }

    /// - Parameters:
    ///   - address: where the first of them lies.
    ///   - count: how many there are, not none.
    init(address: UInt, count: Int) {
        self.address = address
        self.count = count
    }

    /// What lies in a place.
    @inline(__always)
    func entry(at place: Int) -> UnsafeMutablePointer<CachedEntry> {
        UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped + place  // memory that was allocated is not at 0
    }

    /// The address of the place that a hash gives an entry, also of a table that is no more.
    @inline(__always)
    func address(ofHome hash: UInt64) -> UInt {
        address &+ UInt(truncatingIfNeeded: home(of: hash) &* MemoryLayout<CachedEntry>.stride)
    }

    /// The place that a hash gives an entry: by its high bits, of which the shard's choice takes none.
    @inline(__always)
    func home(of hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
    }

    /// The next place, the first after the last.
    @inline(__always)
    func place(after place: Int) -> Int { place &+ 1 == count ? 0 : place &+ 1 }

    /// How many steps there are from a place to another.
    func distance(_ place: Int, _ other: Int) -> Int {
        other >= place ? other - place : other - place + count
    }

    /// The place of a key's entry.
    @inline(__always)
    func find(_ key: PermissionKey) -> Int? {
        var place = home(of: key.hash)
        while !entry(at: place).pointee.isFree {
            if entry(at: place).pointee.isSame(as: key) { return place }
            place = self.place(after: place)
        }
        return nil
    }

    /// The place of a key's entry, if it is still good.
    ///
    /// - Parameter moment: when; asked for only where there is an entry.
    @inline(__always)
    func find(_ key: PermissionKey, usableAt moment: @autoclosure () -> CacheMoment) -> Int? {
        guard let place = find(key), entry(at: place).pointee.isUsable(moment()) else { return nil }
        return place
    }
}
