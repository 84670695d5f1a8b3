/// One pattern of a walk.
struct DifferenceEntry: Sendable {
    let pattern: NumberedPattern
    /// The number of the pattern's set.
    let set: Int
    /// True if the set is one of those that are taken away.
    let isHeld: Bool
    let isDenial: Bool
    /// True if the pattern is a grant of one of the first sets.
    var isOffer: Bool { !isHeld && !isDenial }
    /// Returns true if the pattern matches a name that ends here, provided that it matches so far.
    func isComplete(at depth: Int) -> Bool { pattern.segments.count <= depth }
    /// Returns true if the pattern matches however the name goes on, provided that it matches so far.
    func isSettled(at depth: Int) -> Bool { isComplete(at: depth) && pattern.hasRest }
}

extension DifferenceWalk {
    /// Returns the patterns that still matter; `nil` if no name of the difference begins like this.
    func relevant(_ state: State) -> [Int]? {
        let offered = state.alive.reduce([] as LengthSet) { lengths, index in
            entries[index].isOffer ? lengths.union(entries[index].pattern.lengths) : lengths
        }
        var kept: [Int] = []
        var isOffered = false
        for members in sets(of: state.alive.filter { !entries[$0].pattern.lengths.isDisjoint(with: offered) }) {
            let denials = members.drop { !entries[$0].isDenial }
            let grants = members[..<denials.startIndex]
            guard !grants.isEmpty, !denials.contains(where: { entries[$0].isSettled(at: state.depth) }) else {
                continue
            }
            let settled = grants.first { entries[$0].isSettled(at: state.depth) }
            let isHeld = entries[members[members.startIndex]].isHeld
            if isHeld, settled != nil, denials.isEmpty { return nil }
            kept += settled.map { [$0] } ?? grants
            kept += denials
            if !isHeld { isOffered = true }
        }
        return isOffered ? kept : nil
    }

    /// Returns true if the name that ends here is in the difference.
    func isDifferent(_ state: State) -> Bool {
        var isOffered = false
        for members in sets(of: state.alive) {
            let complete = members.filter { entries[$0].isComplete(at: state.depth) }
            guard let first = complete.first, !complete.contains(where: { entries[$0].isDenial }) else { continue }
            if entries[first].isHeld { return false }
            isOffered = true
        }
        return isOffered
    }

    /// Returns the patterns of each set, the grants first.
    private func sets(of alive: [Int]) -> [ArraySlice<Int>] {
        var sets: [ArraySlice<Int>] = []
        var rest = alive[...]
        while let first = rest.first {
            let members = rest.prefix { entries[$0].set == entries[first].set }
            sets.append(members)
            rest = rest.dropFirst(members.count)
        }
        return sets
    }

    /// The ways on by the next segment.
    struct Fork {
        /// The patterns that match every value of the segment.
        private(set) var fresh: [Int] = []
        /// The literals that may lead to more than a fresh segment does.
        private(set) var tried: Set<Int> = []
        private var byLiteral: [Int: [Int]] = [:]

        init(_ state: State, _ entries: [DifferenceEntry]) {
            for index in state.alive {
                let entry = entries[index]
                if entry.isComplete(at: state.depth) {
                    if entry.isSettled(at: state.depth) { fresh.append(index) }
                } else if case .literal(let literal) = entry.pattern.segments[state.depth] {
                    byLiteral[literal, default: []].append(index)
                    if entry.isHeld == entry.isDenial { tried.insert(literal) }
                } else {
                    fresh.append(index)
                }
            }
        }

        /// Returns the patterns that match this segment.
        func patterns(taking literal: Int) -> [Int] { (fresh + (byLiteral[literal] ?? [])).sorted() }
    }
}
