/// The names that some sets have and others have not: exact over every well-formed name, of which there are far too
/// many to try each.
struct PermissionDifference: Sendable {
    /// The number of patterns that a walk may look at in all its states; each pattern that it finds counts as four. The walk then takes
    /// about half a second. Ordinary policies take some thousands, but the worst case is as hard as satisfiability.
    static let workLimit = 1 << 21

    /// The patterns, sorted by bytes, that together match every name of the difference. Each of them matches such a name.
    ///
    /// A `*` or `**` stands for a segment that may be anything with some exceptions. No pattern can say this exactly, so the pattern may
    /// match more.
    let remainder: [PermissionPattern]
    /// True if the difference was found out; if not, the remainder is every grant of the first sets.
    let isExact: Bool
    let work: Int

    init(of sets: [PatternSet], beyond others: [PatternSet], workLimit: Int = Self.workLimit) {
        var walk = DifferenceWalk(of: sets, beyond: others, workLimit: workLimit)
        let found = walk.remainder()
        work = walk.work
        // A text that were no pattern would be lost, and the difference too small; the walk keeps to the limits of names.
        let patterns = found?.compactMap { try? PermissionPattern(validating: $0) }
        isExact = patterns != nil && patterns?.count == found?.count
        remainder = (isExact ? patterns ?? [] : sets.flatMap(\.grants)).sortedUniquely()
    }
}

extension [PermissionPattern] {
    /// Returns the patterns by their bytes, each once.
    func sortedUniquely() -> [PermissionPattern] {
        Set(self).sorted { $0.text.precedesByBytes($1.text) }
    }
}
