/// Patterns that say the same: the permissions of the policy that they match, and a trie of them for others.
struct GatheredPatterns: Sendable {
    private(set) var ids: BitSet
    private(set) var trie = PatternTrie()

    init(_ patterns: some Sequence<CompiledPattern>, _ engine: PolicyEngine) {
        ids = BitSet(count: engine.permissions.count)
        var wide: [PermissionPattern] = []
        for pattern in patterns {
            if let id = pattern.id {
                ids.insert(id)
            } else {
                trie.insert(pattern.pattern, 0, engine.segments)
                wide.append(pattern.pattern)
            }
        }
        insertNames(matching: wide, engine)
    }

    /// To look a few patterns up one by one takes less than to split names for the trie.
    private static let fewPatterns = 8

    private mutating func insertNames(matching patterns: [PermissionPattern], _ engine: PolicyEngine) {
        guard patterns.count > Self.fewPatterns else {
            for pattern in patterns { engine.permissions.forEachID(matching: pattern) { ids.insert($0) } }
            return
        }
        var matcher = PatternMatcher(trie)
        var next = 0
        for range in patterns.map({ engine.permissions.range(of: $0) }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            for id in max(range.lowerBound, next)..<max(range.upperBound, next) {
                let name = Permission(wellFormed: engine.permissions.names[id])
                if matcher.matches(engine.segments.ids(of: name)) { ids.insert(id) }
            }
            next = max(next, range.upperBound)
        }
    }
}
