extension PatternTable {
    /// Calls `body` with every pattern that covers a generic name of this pattern, and with the segment counts of those names, until `body`
    /// returns false or the effort is spent.
    func forEachCover(of number: Int, _ effort: inout LintEffort, _ body: (Int, LengthSet) -> Bool) {
        let shape = shapes[number]
        // A name matches only itself, and stands in no trie.
        if shape.isName, !body(number, shape.lengths) { return }
        visit(0, 0, shape, &effort, body)
    }

    /// Returns true if a pattern matches the name, or the effort is spent.
    mutating func mayMatch(_ name: String, _ effort: inout LintEffort) -> Bool {
        if numbers[ByteText(name)] != nil { return true }
        guard let shape = try? shape(of: name) else { return false }
        return !visit(0, 0, shape, &effort) { _, _ in false }
    }

    /// Visits the nodes of the trie, one level deeper for each of at most 16 segments.
    @discardableResult
    private func visit(
        _ node: Int,
        _ depth: Int,
        _ shape: NumberedPattern,
        _ effort: inout LintEffort,
        _ body: (Int, LengthSet) -> Bool
    ) -> Bool {
        guard effort.spend() else { return false }
        if let rest = nodes[node].rest {
            let lengths = shape.lengths.intersection(.atLeast(depth + 1))
            if !lengths.isEmpty, !body(rest, lengths) { return false }
        }
        if let end = nodes[node].end, !shape.lengths.isDisjoint(with: .exactly(depth)), !body(end, .exactly(depth)) {
            return false
        }
        guard !shape.lengths.isDisjoint(with: .atLeast(depth + 1)) else { return true }
        if depth < shape.segments.count, case .literal(let segment) = shape.segments[depth],
            let child = literals[Edge(node: node, segment: segment)],
            !visit(child, depth + 1, shape, &effort, body)
        {
            return false
        }
        guard let any = nodes[node].any else { return true }
        return visit(any, depth + 1, shape, &effort, body)
    }
}
