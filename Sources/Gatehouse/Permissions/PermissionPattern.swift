/// A permission name in which every segment may be `*` (exactly one segment with any value) and the last segment may be `**` (one or more
/// segments). There are no other wildcards.
public struct PermissionPattern: Sendable, Hashable, CustomStringConvertible {
    /// The text of the pattern.
    public let text: String
    let segments: [Segment]

    enum Segment: Sendable, Hashable {
        case exactly(ByteText)
        case any
        case rest
    }

    /// Makes a pattern from text.
    ///
    /// - Throws: ``NameError`` if the text is no pattern, such as `inv*`, `**:read` or `a::b`.
    public init(validating text: String) throws(NameError) {
        guard text.utf8.count <= Name.maximumBytes else { throw NameError(.invalidPattern, text) }
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count <= Name.maximumSegments else { throw NameError(.invalidPattern, text) }
        var segments: [Segment] = []
        for (index, part) in parts.enumerated() {
            let part = String(Substring(part))
            switch part {
            case "*": segments.append(.any)
            case "**" where index == parts.count - 1: segments.append(.rest)
            default:
                guard Name.isSegment(part) else { throw NameError(.invalidPattern, text) }
                segments.append(.exactly(ByteText(part)))
            }
        }
        self.text = text
        self.segments = segments
    }

    /// The name, if the pattern has no wildcard and so matches only that.
    var exactName: String? {
        segments.allSatisfy { if case .exactly = $0 { true } else { false } } ? text : nil
    }

    public static func == (lhs: Self, rhs: Self) -> Bool { lhs.text.hasSameBytes(as: rhs.text) }

    public func hash(into hasher: inout Hasher) { hasher.combine(ByteText(text)) }

    public var description: String { text }
}

extension PermissionPattern: ExpressibleByStringLiteral {
    /// Makes a pattern from a literal of the program. A malformed literal is the program's mistake, and traps.
    public init(stringLiteral literal: StaticString) {
        do throws(NameError) {
            try self.init(validating: literal.description)
        } catch {
            // This trap cannot be reached by input, since a StaticString is a literal in the source.
            preconditionFailure(error.description)
        }
    }
}
