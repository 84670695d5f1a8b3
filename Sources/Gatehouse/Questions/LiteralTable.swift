/// One segment of a pattern, its literal by number.
enum Step: Sendable, Hashable {
    case literal(Int)
    case any
    case rest

    var isWild: Bool { self == .any || self == .rest }
}

/// The literal segments of a walk's patterns by number.
struct LiteralTable: Sendable {
    private var numbers: [ByteText: Int] = [:]
    private var texts: [ByteText] = []
    /// How long the longest literal is at each place; two bytes where there is none, as `**` takes two.
    private var longest = Array(repeating: 2, count: Name.maximumSegments)

    /// The pattern's segments.
    mutating func steps(of pattern: PermissionPattern) -> [Step] {
        pattern.segments.enumerated().map { depth, segment in
            switch segment {
            case .any: return .any
            case .rest: return .rest
            case .exactly(let text):
                longest[depth] = max(longest[depth], text.string.utf8.count)
                if let number = numbers[text] { return .literal(number) }
                numbers[text] = texts.count
                texts.append(text)
                return .literal(texts.count - 1)
            }
        }
    }

    func bytes(of literal: Int) -> Int { texts[literal].string.utf8.count }

    /// The bytes of these segments as text, with the colon before each.
    func bytes(of steps: some Sequence<Step>) -> Int {
        steps.reduce(0) { $0 + 1 + text(of: $1).utf8.count }
    }

    /// As many bytes as a walk can take from a depth on.
    func mostBytes(from depth: Int) -> Int {
        longest[depth...].reduce(0) { $0 + $1 + 1 }
    }

    func text(of steps: some Sequence<Step>) -> String {
        steps.map { text(of: $0) }.joined(separator: ":")
    }

    private func text(of step: Step) -> String {
        switch step {
        case .literal(let number): texts[number].string
        case .any: "*"
        case .rest: "**"
        }
    }
}

extension ArraySlice<Step> {
    /// Whether every name of the other pattern is one of this.
    func covers(_ other: Self) -> Bool {
        for (wide, narrow) in zip(self, other) {
            if wide == .rest { return true }
            if narrow == .rest || wide != .any && wide != narrow { return false }
        }
        return count == other.count
    }
}
