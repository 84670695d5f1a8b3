extension JSONScanner {
    /// Up to this many members are compared pair by pair, which needs no memory.
    private static let pairwiseLimit = 16

    /// Throws at the first member name of the object that an earlier member has already.
    ///
    /// Last-wins and first-wins parsers read two different tokens from the same bytes; so neither is right here
    /// (RFC 7515 section 4, RFC 7519 section 4).
    func requireUniqueNames(
        of container: Int,
        count: Int,
        _ input: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) {
        guard count > 1 else { return }
        let duplicate = unescaped.withUnsafeBufferPointer { unescaped in
            let names = Names(entries: entries, input: input, unescaped: unescaped)
            return count <= Self.pairwiseLimit
                ? names.firstDuplicateByPairs(of: container)
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

    func firstDuplicateByPairs(of container: Int) -> Int? {
        let end = Int(entries[container].next)
        var name = container + 1
        while name < end {
            var earlier = container + 1
            while earlier < name {
                if self[name].hasSameBytes(as: self[earlier]) { return Int(entries[name].offset) }
                earlier = Int(entries[earlier + 1].next)
            }
            name = Int(entries[name + 1].next)
        }
        return nil
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
