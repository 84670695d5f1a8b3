/// The patterns that a policy uses, each once under a dense number, those with wildcards also by their segments in a
/// trie: which of them cover a pattern is found without asking each.
///
/// Patterns are compared by generic names. In place of `*` stands a segment that no pattern has, in place of `**` one
/// such segment or more, up to 16 in all: there is one generic name for each number of segments, and names that a
/// pattern matches are all covered if and only if its generic ones are.
struct PatternTable {
    /// The patterns by their numbers.
    private(set) var shapes: [PatternShape] = []
    private var numbers: [ByteText: Int] = [:]
    private var segments: [ByteText: Int] = [:]
    private var nodes = [Node()]
    private var literals: [Edge: Int] = [:]

    private struct Node {
        /// Where `*` leads.
        var any: Int?
        /// The pattern that ends here.
        var end: Int?
        /// The pattern that ends here with `**`.
        var rest: Int?
    }

    /// A literal segment that leads on from a node.
    private struct Edge: Hashable {
        var node: Int
        var segment: Int
    }

    /// Makes room for so many different texts.
    mutating func reserveCapacity(_ count: Int) { numbers.reserveCapacity(count) }

    /// The pattern's number; patterns that match the same names have the same.
    mutating func insert(_ text: String) throws(NameError) -> Int {
        if let known = numbers[ByteText(text)] { return known }
        let shape = try shape(of: text)
        if shape.isName {
            numbers[ByteText(text)] = shapes.count
            shapes.append(shape)
            return shapes.count - 1
        }
        let node = shape.head.reduce(0) { child(of: $0, $1) }
        let number = (shape.hasRest ? nodes[node].rest : nodes[node].end) ?? shapes.count
        if number == shapes.count {
            shapes.append(shape)
            if shape.hasRest { nodes[node].rest = number } else { nodes[node].end = number }
        }
        numbers[ByteText(text)] = number
        return number
    }

    private mutating func shape(of text: String) throws(NameError) -> PatternShape {
        let pattern = try PermissionPattern(validating: text)
        return PatternShape(pattern) { segment in
            if let known = segments[segment] { return known }
            let next = segments.count
            segments[segment] = next
            return next
        }
    }

    private mutating func child(of node: Int, _ segment: Int) -> Int {
        let next = nodes.count
        if segment == PatternShape.any {
            if let known = nodes[node].any { return known }
            nodes[node].any = next
        } else {
            let edge = Edge(node: node, segment: segment)
            if let known = literals[edge] { return known }
            literals[edge] = next
        }
        nodes.append(Node())
        return next
    }

    /// Calls `body` with every pattern that covers a generic name of this one, and how many segments those have, until
    /// it returns false or the effort is spent.
    func forEachCover(of number: Int, _ effort: inout LintEffort, _ body: (Int, LengthSet) -> Bool) {
        let shape = shapes[number]
        // Only a name itself matches nothing else, and stands in no trie.
        if shape.isName, !body(number, shape.lengths) { return }
        visit(0, 0, shape, &effort, body)
    }

    /// Whether a pattern matches the name, or the effort is spent.
    mutating func mayMatch(_ name: String, _ effort: inout LintEffort) -> Bool {
        if numbers[ByteText(name)] != nil { return true }
        guard let shape = try? shape(of: name) else { return false }
        return !visit(0, 0, shape, &effort) { _, _ in false }
    }

    /// Goes one level deeper for each segment, of which there are at most 16.
    @discardableResult
    private func visit(
        _ node: Int,
        _ depth: Int,
        _ shape: PatternShape,
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
        if depth < shape.head.count, shape.head[depth] != PatternShape.any,
            let child = literals[Edge(node: node, segment: shape.head[depth])],
            !visit(child, depth + 1, shape, &effort, body)
        {
            return false
        }
        guard let any = nodes[node].any else { return true }
        return visit(any, depth + 1, shape, &effort, body)
    }
}
