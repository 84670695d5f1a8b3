/// A pattern by its segments, with numbers for the literals. Nothing else decides which names the pattern matches.
struct NumberedPattern: Sendable, Hashable {
    enum Segment: Sendable, Hashable {
        case literal(Int)
        /// The wildcard `*`.
        case any
        /// A final `**`.
        case rest

        var isWild: Bool { self == .any || self == .rest }
    }

    /// The segments. A `**` behind fifteen other segments stands as `*`, since it matches the same names there.
    let segments: [Segment]
    /// The numbers of segments of the names that the pattern matches.
    let lengths: LengthSet

    /// - Parameter number: A function that gives each literal segment its number.
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

    /// True if the pattern ends with `**`.
    var hasRest: Bool { segments.last == .rest }

    /// The segments without a final `**`.
    var head: ArraySlice<Segment> { hasRest ? segments.dropLast() : segments[...] }

    /// True if the pattern has no wildcard and so matches only itself.
    var isName: Bool { !segments.contains(where: \.isWild) }
}

/// Numbers of segments from 1 to 16.
struct LengthSet: OptionSet, Sendable, Hashable {
    let rawValue: UInt16

    static func exactly(_ count: Int) -> Self { Self(rawValue: 1 << (count - 1)) }
    /// Returns the lengths from this number on; empty above 16.
    static func atLeast(_ count: Int) -> Self { Self(rawValue: .max << (count - 1)) }
}
