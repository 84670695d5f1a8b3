/// The literal segments of a walk's patterns by number.
struct LiteralTable: Sendable {
    private var numbers = Numbering<ByteText>()
    /// The length of the longest literal at each depth; at least two bytes, as for `**`.
    private var longest = Array(repeating: 2, count: Name.maximumSegments)

    /// Returns the pattern with numbers in the place of its literals.
    mutating func numbered(_ pattern: PermissionPattern) -> NumberedPattern {
        for case (let depth, .exactly(let text)) in pattern.segments.enumerated() {
            longest[depth] = max(longest[depth], text.string.utf8.count)
        }
        return NumberedPattern(pattern) { numbers.number(of: $0) }
    }

    func bytes(of literal: Int) -> Int { numbers.keys[literal].string.utf8.count }

    /// Returns the bytes of these segments as text, with the colon before each.
    func bytes(of segments: some Sequence<NumberedPattern.Segment>) -> Int {
        segments.reduce(0) { $0 + 1 + text(of: $1).utf8.count }
    }

    /// Returns the largest number of bytes that a walk can take from a depth on.
    func mostBytes(from depth: Int) -> Int {
        longest[depth...].reduce(0) { $0 + $1 + 1 }
    }

    func text(of segments: some Sequence<NumberedPattern.Segment>) -> String {
        segments.map { text(of: $0) }.joined(separator: ":")
    }

    private func text(of segment: NumberedPattern.Segment) -> String {
        switch segment {
        case .literal(let number): numbers.keys[number].string
        case .any: "*"
        case .rest: "**"
        }
    }
}

extension ArraySlice<NumberedPattern.Segment> {
    /// Returns true if this pattern matches every name that the other pattern matches.
    func covers(_ other: Self) -> Bool {
        for (wide, narrow) in zip(self, other) {
            if wide == .rest { return true }
            if narrow == .rest || wide != .any && wide != narrow { return false }
        }
        return count == other.count
    }
}
