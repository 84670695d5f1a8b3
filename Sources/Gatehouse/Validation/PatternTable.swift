/// The patterns of a policy, each once under a dense number. A trie also holds the segments of the patterns with wildcards, so that the
/// patterns that cover another are found without a look at each.
///
/// Patterns are compared by generic names. A generic name has a segment that no pattern has in the place of `*`, and one or more such
/// segments in the place of `**`, up to 16 in all. So there is one generic name for each number of segments. All names that a pattern
/// matches are covered if and only if its generic names are covered.
struct PatternTable {
    /// The patterns by their numbers.
    private(set) var shapes: [NumberedPattern] = []
    private(set) var numbers: [ByteText: Int] = [:]
    private var segments = Numbering<ByteText>()
    private(set) var nodes = [Node()]
    private(set) var literals: [Edge: Int] = [:]

    struct Node {
        /// The node after `*`.
        var any: Int?
        /// The pattern that ends here.
        var end: Int?
        /// The pattern that ends here with `**`.
        var rest: Int?
    }

    /// A literal segment that leads on from a node.
    struct Edge: Hashable {
        var node: Int
        var segment: Int
    }

    /// Makes room for so many different texts.
    mutating func reserveCapacity(_ count: Int) { numbers.reserveCapacity(count) }

    /// Returns the pattern's number; patterns that match the same names have the same.
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

    mutating func shape(of text: String) throws(NameError) -> NumberedPattern {
        let pattern = try PermissionPattern(validating: text)
        return NumberedPattern(pattern) { segments.number(of: $0) }
    }

    private mutating func child(of node: Int, _ segment: NumberedPattern.Segment) -> Int {
        let next = nodes.count
        if case .literal(let number) = segment {
            let edge = Edge(node: node, segment: number)
            if let known = literals[edge] { return known }
            literals[edge] = next
        } else {
            if let known = nodes[node].any { return known }
            nodes[node].any = next
        }
        nodes.append(Node())
        return next
    }
}
