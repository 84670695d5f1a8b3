/// Where entries lie: open addressing with linear probing.
extension SieveTable {
    /// The place that a hash gives an entry: by its high bits, of which the shard's choice takes none.
    @inline(__always)
    func home(of hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: entries.count)).high)
    }

    /// The next place, the first after the last.
    @inline(__always)
    func place(after place: Int) -> Int { place &+ 1 == entries.count ? 0 : place &+ 1 }

    /// How many steps there are from a place to another.
    func distance(_ place: Int, _ other: Int) -> Int {
        other >= place ? other - place : other - place + entries.count
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

    /// The entry of a key, if it is still good.
    @inline(__always)
    func usableEntry(
        _ key: PermissionKey,
        _ moment: CacheMoment,
        atLeast revision: MembershipRevision?
    ) -> UnsafeMutablePointer<CachedEntry>? {
        guard let place = find(key), entry(at: place).pointee.isUsable(moment) else { return nil }
        if let revision, !details[place].isOf(atLeast: revision) { return nil }
        return entry(at: place)
    }

    /// What lies in a place.
    @inline(__always)
    func entry(at place: Int) -> UnsafeMutablePointer<CachedEntry> {
        entries.baseAddress.unsafelyUnwrapped + place  // there are always places
    }

    /// Takes out the entries for which a condition holds.
    mutating func removeAll(where condition: (UnsafeMutablePointer<CachedEntry>) -> Bool) -> [CachedEntry.Remains] {
        var removed: [CachedEntry.Remains] = []
        var place = 0
        while place < entries.count {
            if !entry(at: place).pointee.isFree, condition(entry(at: place)) {
                removed.append(remove(at: place))  // another entry may have moved up: look again
            } else {
                place += 1
            }
        }
        return removed
    }
}
