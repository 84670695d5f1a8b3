/// A pattern by its segments, whose literals are numbers: all that decides which names it matches.
struct NumberedPattern: Sendable, Hashable {
    enum Segment: Sendable, Hashable {
        case literal(Int)
        /// `*`
        case any
        /// A final `**`.
        case rest

        var isWild: Bool { self == .any || self == .rest }
    }

    /// The segments; a `**` behind fifteen others stands as `*`, since there it matches the same.
    let segments: [Segment]
    /// The numbers of segments of the names that it matches.
    let lengths: LengthSet

    /// - Parameter number: gives each literal segment its number.
    init(_ pattern: PermissionPattern, _ number: (ByteText) -> Int) {
        segments = pattern.segments.map { segment in
            switch segment {
            case .exactly(let text): .literal(number(text))
            case .rest where pattern.segments.count < Name.maximumSegments: .rest
            case .any, .rest: .any
            }
        }
        let count = segments.count
        lengths = segments.last == .rest ? .atLeast(count) : .exactly(count)
    }

    /// True if it ends with `**`.
    var hasRest: Bool { segments.last == .rest }

    /// Every segment but a final `**`.
    var head: ArraySlice<Segment> { hasRest ? segments.dropLast() : segments[...] }

    /// True if it has no wildcard, and so matches only itself.
    var isName: Bool { !segments.contains(where: \.isWild) }
}

/// Numbers of segments from 1 to 16.
struct LengthSet: OptionSet, Sendable, Hashable {
    let rawValue: UInt16

    static func exactly(_ count: Int) -> Self { Self(rawValue: 1 << (count - 1)) }
    /// Empty above 16.
    static func atLeast(_ count: Int) -> Self { Self(rawValue: .max << (count - 1)) }
}
