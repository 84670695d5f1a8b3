/// Patterns with equal effect: the permissions of the policy that they match, and a trie of the patterns for other permissions.
struct GatheredPatterns: Sendable {
    let ids: IDSet
    let trie: PatternTrie

    init(_ patterns: some Sequence<CompiledPattern>, _ engine: PolicyEngine) {
        var ids: [Int] = []
        var trie = PatternTrie()
        var wide: [PermissionPattern] = []
        for pattern in patterns {
            if let id = pattern.id {
                ids.append(id)
            } else {
                trie.insert(pattern.pattern, 0, engine.segments)
                wide.append(pattern.pattern)
            }
        }
        Self.forEachName(matching: wide, trie, engine) { ids.append($0) }
        self.ids = IDSet(ids, count: engine.permissions.count)
        self.trie = trie
    }

    /// The number of patterns up to which looking them up one by one takes less time than splitting names for the trie.
    private static let fewPatterns = 8

    private static func forEachName(
        matching patterns: [PermissionPattern],
        _ trie: PatternTrie,
        _ engine: PolicyEngine,
        _ body: (Int) -> Void
    ) {
        guard patterns.count > Self.fewPatterns else {
            for pattern in patterns { engine.permissions.forEachID(matching: pattern, body) }
            return
        }
        var matcher = PatternMatcher(trie)
        var next = 0
        for range in patterns.map({ engine.permissions.range(of: $0) }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            for id in max(range.lowerBound, next)..<max(range.upperBound, next) {
                let name = Permission(wellFormed: engine.permissions.names[id])
                if matcher.matches(engine.segments.ids(of: name)) { body(id) }
            }
            next = max(next, range.upperBound)
        }
    }
}
