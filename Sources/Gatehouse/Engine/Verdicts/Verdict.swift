/// The word of roles and rules together on a permission.
enum Verdict: Sendable {
    /// Nothing allows and nothing denies the permission.
    case silent
    case allowed
    /// Something denies the permission.
    case denied
}

/// A verdict for each permission by its id, or no verdict if conditions decide. A verdict is two bits. The bits lie side by side in memory
/// of the table alone, so that a look-up changes no reference count.
final class VerdictTable: Sendable {
    let unownedView: UnownedView

    /// A view of the table that does not keep the table alive: its user does.
    struct UnownedView: Sendable {
        fileprivate let count: UInt
        // The initializer of the table alone writes the memory and `deinit` frees it, so every thread may read it.
        fileprivate nonisolated(unsafe) let pairs: UnsafePointer<Pair>
    }

    /// The first and the second bits of 64 permissions.
    fileprivate struct Pair {
        let allowed: UInt64
        let denied: UInt64
    }

    /// - Parameters: The sets of permission ids. No id is in two sets.
    init(allowed: BitSet, denied: BitSet, undecided: BitSet) {
        let words = zip(allowed.union(undecided).words, denied.union(undecided).words).map(Pair.init)
        let pairs = UnsafeMutablePointer<Pair>.allocate(capacity: words.count)
        _ = UnsafeMutableBufferPointer(start: pairs, count: words.count).initialize(fromContentsOf: words)
        unownedView = UnownedView(count: UInt(words.count), pairs: pairs)
    }

    deinit { unownedView.pairs.deallocate() }

    /// A table of a policy without permissions, for which every id is undecided.
    static let empty = VerdictTable(allowed: BitSet(count: 0), denied: BitSet(count: 0), undecided: BitSet(count: 0))

    subscript(_ id: Int) -> Verdict? { unownedView[id] }
}

extension VerdictTable.UnownedView {
    /// The verdict; `nil` if conditions decide, and beyond the end of the table.
    @inline(__always)
    subscript(_ id: Int) -> Verdict? {
        let index = UInt(bitPattern: id) >> 6
        guard index < count else { return nil }
        let pair = pairs[Int(bitPattern: index)]
        let bit = UInt64(truncatingIfNeeded: id)
        if _slowPath((pair.allowed & pair.denied) &>> bit & 1 != 0) { return nil }
        if pair.allowed &>> bit & 1 != 0 { return .allowed }
        return pair.denied &>> bit & 1 != 0 ? .denied : .silent
    }
}
