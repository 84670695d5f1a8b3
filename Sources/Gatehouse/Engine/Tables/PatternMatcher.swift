/// A matcher that finds the names, of many, that a trie's patterns match. Names that leave equal patterns possible share one computation,
/// so that overlapping patterns cost no more than others.
struct PatternMatcher {
    private let trie: PatternTrie
    private var states: [State] = []

    /// A set of nodes of the trie that names reach together.
    private struct State {
        let nodes: [Int]
        /// The nodes after each literal segment, and after `*`; found out when first needed.
        var literals: [Int: [Int]]?
        var any: [Int] = []
        /// The states after the literals so far, and the one state after all other segments.
        var next: [Int: Int] = [:]
        var other: Int?
    }

    init(_ trie: PatternTrie) {
        self.trie = trie
        states = [State(nodes: [0])]
    }

    /// Returns true if any pattern matches the name.
    mutating func matches(_ name: [Int]) -> Bool {
        var state = 0
        for segment in name {
            if states[state].nodes.contains(where: { !trie.nodes[$0].rests.isEmpty }) { return true }
            if states[state].nodes.isEmpty { return false }
            state = next(after: state, segment)
        }
        return states[state].nodes.contains { !trie.nodes[$0].ends.isEmpty }
    }

    private mutating func next(after state: Int, _ segment: Int) -> Int {
        if let known = states[state].next[segment] { return known }
        if states[state].literals == nil { expand(state) }
        let literal = states[state].literals?[segment]
        if literal == nil, let known = states[state].other { return known }
        states.append(State(nodes: (literal ?? []) + states[state].any))
        if literal == nil {
            states[state].other = states.count - 1
        } else {
            states[state].next[segment] = states.count - 1
        }
        return states.count - 1
    }

    private mutating func expand(_ state: Int) {
        var literals: [Int: [Int]] = [:]
        for node in states[state].nodes {
            for (segment, child) in trie.nodes[node].children { literals[segment, default: []].append(child) }
        }
        states[state].literals = literals
        states[state].any = states[state].nodes.compactMap { trie.nodes[$0].any }
    }
}
