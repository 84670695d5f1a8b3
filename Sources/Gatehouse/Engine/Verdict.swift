/// What roles and rules together say of a permission.
enum Verdict: Sendable {
    /// Nothing allows and nothing denies it.
    case silent
    case allowed
    /// Something denies it.
    case denied
}

/// A verdict for each permission by its id, or none where it depends on conditions: two bits each, side by side, in memory of its
/// own, so that a look at them touches no reference count.
final class VerdictTable: Sendable {
    let probe: Probe

    /// The table without its ownership: for whoever keeps the table alive beside it.
    struct Probe: Sendable {
        fileprivate let count: Int
        // Written in the table's initializer alone and freed by its `deinit`: safe to read from any thread.
        fileprivate nonisolated(unsafe) let words: UnsafePointer<UInt64>
    }

    /// - Parameters: sets of permission ids, of which none is in two.
    init(allowed: BitSet, denied: BitSet, open: BitSet) {
        let pairs = zip(allowed.union(open).words, denied.union(open).words).flatMap { [$0, $1] }
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: pairs.count)
        _ = UnsafeMutableBufferPointer(start: words, count: pairs.count).initialize(fromContentsOf: pairs)
        probe = Probe(count: pairs.count, words: words)
    }

    deinit { probe.words.deallocate() }

    /// A table of a policy without permissions, for which every id is open.
    static let empty = VerdictTable(allowed: BitSet(count: 0), denied: BitSet(count: 0), open: BitSet(count: 0))

    subscript(_ id: Int) -> Verdict? { probe[id] }
}

extension VerdictTable.Probe {
    /// The verdict; nil where conditions decide, and beyond the end of the table.
    @inline(__always)
    subscript(_ id: Int) -> Verdict? {
        let bit = UInt64(truncatingIfNeeded: id & 63)
        let index = (id >> 6) << 1
        guard index >= 0, index < count else { return nil }
        let isAllowed = words[index] >> bit & 1 != 0
        let isDenied = words[index + 1] >> bit & 1 != 0
        if isAllowed { return isDenied ? nil : .allowed }
        return isDenied ? .denied : .silent
    }
}
