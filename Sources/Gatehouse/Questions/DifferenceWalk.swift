/// A walk through all names at once, segment by segment, that records which patterns still match.
///
/// At each place the walk tries only the literals that may lead to more than any other segment: those of grants of the first sets and of
/// denials of the other sets. One fresh segment, printed as `*`, stands for all other segments, some of which may lead to less. Names with
/// the same patterns left continue in the same way, and are walked once.
struct DifferenceWalk {
    /// The rest of a pattern after some segments.
    typealias Suffix = ArraySlice<NumberedPattern.Segment>

    /// A state of the walk.
    struct State: Hashable {
        /// The number of segments that were taken.
        var depth: Int
        /// The number of bytes that the name may still have, up to the largest number that matters; none after the last segment.
        var budget: Int
        /// The patterns that match so far.
        var alive: [Int]
    }

    let entries: [DifferenceEntry]
    private let literals: LiteralTable
    private var known: [State: [Suffix]] = [:]
    private(set) var work = 0
    private let workLimit: Int

    init(of sets: [PatternSet], beyond others: [PatternSet], workLimit: Int) {
        var literals = LiteralTable()
        var entries: [DifferenceEntry] = []
        self.workLimit = workLimit
        let size = (sets + others).reduce(0) { $0 + $1.grants.count + $1.denials.count }
        if size <= workLimit, sets.contains(where: { !$0.grants.isEmpty }) {
            for (index, set) in (sets + others).enumerated() {
                for (patterns, isDenial) in [(set.grants, false), (set.denials, true)] {
                    entries += patterns.map {
                        let pattern = literals.numbered($0)
                        return DifferenceEntry(
                            pattern: pattern,
                            set: index,
                            isHeld: index >= sets.count,
                            isDenial: isDenial
                        )
                    }
                }
            }
        }
        work = size
        self.entries = entries
        self.literals = literals
    }

    /// Returns the difference as texts of patterns; `nil` if the walk takes too much work.
    mutating func remainder() -> [String]? {
        // The budget counts each segment with the colon before it, but the first segment has no colon.
        suffixes(of: State(depth: 0, budget: Name.maximumBytes + 1, alive: Array(entries.indices)))?
            .map { literals.text(of: $0) }
    }

    private mutating func afford(_ cost: Int) -> Bool {
        work += cost
        return work <= workLimit
    }

    /// Returns the ends of the difference's names from here on. A name has at most 16 segments, which bounds the recursion.
    private mutating func suffixes(of state: State) -> [Suffix]? {
        guard afford(state.alive.count + 1) else { return nil }
        guard let alive = relevant(state) else { return [] }
        let state = State(
            depth: state.depth,
            budget: min(state.budget, literals.mostBytes(from: state.depth)),
            alive: alive
        )
        if let suffixes = known[state] { return suffixes }
        let own: [Suffix] = isDifferent(state) ? [[]] : []
        guard let suffixes = grantedAlone(state) ?? longer(state).map({ own + $0 }),
            afford(suffixes.count * 4)
        else { return nil }
        known[state] = suffixes
        return suffixes
    }

    /// Returns the suffixes of at least one segment.
    private mutating func longer(_ state: State) -> [Suffix]? {
        guard state.budget >= 2 else { return [] }
        let fork = Fork(state, entries)
        // The fresh segment counts as one byte, as if there were always another letter.
        guard let fresh = suffixes(of: state.next(fork.fresh, bytes: 1)) else { return nil }
        let takesAll = fresh.contains([]) && fresh.contains([.rest])
        var result: [Suffix] = takesAll ? [[.rest]] : []
        result += fresh.filter { !takesAll || $0 != [] && $0 != [.rest] }.map { [.any] + $0 }
        for literal in fork.tried {
            let bytes = literals.bytes(of: literal)
            guard bytes < state.budget else { continue }
            guard let suffixes = suffixes(of: state.next(fork.patterns(taking: literal), bytes: bytes)),
                afford(suffixes.count * fresh.count)
            else { return nil }
            result += suffixes.filter { suffix in !fresh.contains { $0.covers(suffix) } }.map {
                [.literal(literal)] + $0
            }
        }
        return result
    }

    /// Returns the grants themselves, if no pattern of another set and no denial is left; otherwise `nil`.
    private func grantedAlone(_ state: State) -> [Suffix]? {
        let alone = state.alive.map { entries[$0] }
        guard !alone.contains(where: { $0.isHeld || $0.isDenial }) else { return nil }
        if alone.contains(where: { $0.isSettled(at: state.depth) }) {
            guard state.budget >= 2 else { return [[]] }
            return [[], [state.budget == 2 ? .any : .rest]]
        }
        let suffixes = Set(alone.map { $0.pattern.segments.dropFirst(state.depth) })
        // A name that is too long is not a name. The walk finds out which names a wildcard covers.
        let areNames = suffixes.allSatisfy { literals.bytes(of: $0) <= state.budget && !$0.contains(where: \.isWild) }
        return areNames ? Array(suffixes) : nil
    }
}

extension DifferenceWalk.State {
    /// Returns the state after one more segment.
    fileprivate func next(_ alive: [Int], bytes: Int) -> Self {
        Self(depth: depth + 1, budget: budget - bytes - 1, alive: alive)
    }
}
