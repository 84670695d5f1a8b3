extension JSONScanner {
    /// The largest number of members that are compared in place, without memory.
    private static let inPlaceLimit = 16

    /// Throws an error at the first member name of the object that an earlier member already has.
    ///
    /// Of duplicate members, some parsers take the last and some the first, and so read two different tokens from the same bytes. For that
    /// reason neither is accepted here (RFC 7515 section 4, RFC 7519 section 4).
    func requireUniqueNames(
        of container: Int,
        count: Int,
        _ input: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) {
        guard count > 1 else { return }
        let duplicate = unescaped.withUnsafeBufferPointer { unescaped in
            let names = Names(entries: entries, input: input, unescaped: unescaped)
            return count <= Self.inPlaceLimit
                ? names.firstDuplicateInPlace(of: container)
                : names.firstDuplicateBySorting(of: container, count: count)
        }
        if let duplicate { throw JSONError(.duplicateMember, at: duplicate) }
    }
}

/// The member names of the objects that were read so far.
private struct Names {
    let entries: [JSONEntry]
    let input: UnsafeBufferPointer<UInt8>
    let unescaped: UnsafeBufferPointer<UInt8>

    /// Returns the offset of the first duplicate. A name is compared with the earlier names only if the bit of the name is already set.
    func firstDuplicateInPlace(of container: Int) -> Int? {
        var seen: UInt64 = 0
        var name = container + 1
        while name < entries[container].next {
            let bit = bit(of: name)
            if seen & bit != 0, isAmongEarlier(name, of: container) { return Int(entries[name].offset) }
            seen |= bit
            name = Int(entries[name + 1].next)
        }
        return nil
    }

    /// Returns one of 64 bits, which depends on the name's length, first byte and last byte.
    private func bit(of name: Int) -> UInt64 {
        let bytes = self[name]
        guard let first = bytes.first, let last = bytes.last else { return 1 }
        let word = UInt64(truncatingIfNeeded: bytes.count) << 16 | UInt64(first) << 8 | UInt64(last)
        return 1 << ((word &* 0x9E37_79B9_7F4A_7C15) >> 58)  // 2^64 / φ spreads words that are near each other
    }

    private func isAmongEarlier(_ name: Int, of container: Int) -> Bool {
        var earlier = container + 1
        while earlier < name {
            if self[earlier].hasSameBytes(as: self[name]) { return true }
            earlier = Int(entries[earlier + 1].next)
        }
        return false
    }

    func firstDuplicateBySorting(of container: Int, count: Int) -> Int? {
        var names: [Int] = []
        names.reserveCapacity(count)
        var name = container + 1
        while name < entries[container].next {
            names.append(name)
            name = Int(entries[name + 1].next)
        }
        names.sort { first, second in
            self[first].hasSameBytes(as: self[second])
                ? first < second : self[first].lexicographicallyPrecedes(self[second])
        }
        return zip(names, names.dropFirst())
            .filter { self[$0].hasSameBytes(as: self[$1]) }
            .map { Int(entries[$1].offset) }
            .min()
    }

    private subscript(name: Int) -> UnsafeBufferPointer<UInt8> {
        let entry = entries[name]
        let content = Int(entry.start)..<Int(entry.end)
        return UnsafeBufferPointer(rebasing: (entry.isEscaped ? unescaped : input)[content])
    }
}
