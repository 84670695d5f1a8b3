/// A pattern by its segments, which are numbers: all that decides what it covers.
struct PatternShape: Sendable, Hashable {
    /// What stands for `*`.
    static let any = -1

    /// Every segment but a final `**`.
    let head: [Int]
    /// How many segments the names that it matches have.
    let lengths: LengthSet

    /// - Parameter number: gives each literal segment its number, from 0.
    init(_ pattern: PermissionPattern, _ number: (ByteText) -> Int) {
        var head: [Int] = []
        var lengths = LengthSet.exactly(pattern.segments.count)
        for segment in pattern.segments {
            switch segment {
            case .exactly(let text): head.append(number(text))
            case .any: head.append(Self.any)
            case .rest where head.count + 1 == Name.maximumSegments: head.append(Self.any)  // there it matches the same
            case .rest: lengths = .atLeast(head.count + 1)
            }
        }
        self.head = head
        self.lengths = lengths
    }

    /// Whether it ends with `**`.
    var hasRest: Bool { !lengths.isDisjoint(with: .atLeast(head.count + 1)) }

    /// Whether it has no wildcard, and so matches only itself.
    var isName: Bool { !hasRest && !head.contains(Self.any) }
}

/// Numbers of segments from 1 to 16.
struct LengthSet: OptionSet, Sendable, Hashable {
    let rawValue: UInt16

    static func exactly(_ count: Int) -> Self { Self(rawValue: 1 << (count - 1)) }
    /// Empty above 16.
    static func atLeast(_ count: Int) -> Self { Self(rawValue: .max << (count - 1)) }
}
