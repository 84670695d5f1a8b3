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
                ? names.firstDuplicateByPairs(of: container, count: count)
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

    func firstDuplicateByPairs(of container: Int, count: Int) -> Int? {
        withUnsafeTemporaryAllocation(of: (word: UInt64, name: Int).self, capacity: count) { earlier in
            var name = container + 1
            for position in 0..<count {
                let word = word(of: name)
                for other in earlier[..<position]
                where other.word == word && self[name].hasSameBytes(as: self[other.name]) {
                    return Int(entries[name].offset)
                }
                earlier.initializeElement(at: position, to: (word, name))
                name = Int(entries[name + 1].next)
            }
            return nil
        }
    }

    /// The length and the first bytes of a name: where these differ, the names do.
    private func word(of name: Int) -> UInt64 {
        let bytes = self[name]
        return bytes.prefix(7).reduce(UInt64(truncatingIfNeeded: bytes.count)) { $0 << 8 | UInt64($1) }
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
