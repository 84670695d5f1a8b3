import GatehouseBase

/// A template for the paths of a route rule.
///
/// | part | matches |
/// |---|---|
/// | `invoices` | one segment with exactly this text |
/// | `{name}` | one segment that is not empty; a requirement finds the segment's text under the name |
/// | `*` | one segment that is not empty |
/// | a last `**` | any number of segments: `/a/**` matches `/a`, `/a/` and `/a/b/c` |
///
/// A trailing slash is part of the path: `/a/` is not `/a`.
public struct RouteTemplate: Sendable, Hashable, CustomStringConvertible {
    /// A part between two slashes.
    enum Part: Sendable, Hashable {
        case literal(String)
        case placeholder(String)
        case anySegment
        case rest

        static func == (lhs: Self, rhs: Self) -> Bool {
            switch (lhs, rhs) {
            case (.literal(let left), .literal(let right)), (.placeholder(let left), .placeholder(let right)):
                left.hasSameBytes(as: right)
            case (.anySegment, .anySegment), (.rest, .rest): true
            default: false
            }
        }
    }

    /// The template as it was written.
    public let description: String
    /// The parts between the slashes. The path `/` and a trailing slash have an empty literal.
    let parts: [Part]

    /// Reads a template, such as `/orgs/{org}/invoices/**`.
    ///
    /// - Throws: ``RouteTemplateError`` for a text that is not a template. Literal segments consist of characters that a path may contain
    ///   unencoded (RFC 3986 section 3.3, `pchar` without `;` and `*`), so that all parsers read them alike.
    public init(_ text: String) throws(RouteTemplateError) {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/") else { throw RouteTemplateError(.noLeadingSlash, text, at: 0) }
        var parts: [Part] = []
        var names: Set<String> = []
        var start = 1
        let segments = bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let part = try Self.part(segment, isLast: index == segments.count - 1, of: text)
            if case .placeholder(let name) = part, !names.insert(name).inserted {
                throw RouteTemplateError(.repeatedPlaceholder, text, at: start)
            }
            parts.append(part)
            start += segment.count + 1
        }
        self.parts = parts
        description = text
    }

    private static func part(
        _ bytes: ArraySlice<UInt8>,
        isLast: Bool,
        of text: String
    ) throws(RouteTemplateError) -> Part {
        let start = bytes.startIndex
        if bytes.isEmpty {
            guard isLast else { throw RouteTemplateError(.emptySegment, text, at: start) }
            return .literal("")
        }
        if bytes.elementsEqual("*".utf8) { return .anySegment }
        if bytes.elementsEqual("**".utf8) {
            guard isLast else { throw RouteTemplateError(.restNotLast, text, at: start) }
            return .rest
        }
        if bytes.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
            guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"), bytes.count > 2 else {
                throw RouteTemplateError(.invalidPlaceholder, text, at: start)
            }
            let name = bytes.dropFirst().dropLast()
            guard name.allSatisfy(\.isWordCharacter) else {
                throw RouteTemplateError(.invalidPlaceholder, text, at: start)
            }
            return .placeholder(String(decoding: name, as: UTF8.self))
        }
        if bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8) {
            throw RouteTemplateError(.dotSegment, text, at: start)
        }
        if let index = bytes.firstIndex(where: { !$0.isPathCharacter || $0 == UInt8(ascii: "*") }) {
            throw RouteTemplateError(
                bytes[index] == UInt8(ascii: "*") ? .partialWildcard : .invalidCharacter,
                text,
                at: index
            )
        }
        return .literal(String(decoding: bytes, as: UTF8.self))
    }

    /// The names of the placeholders, in their order.
    public var placeholders: [String] {
        parts.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
    }

    public static func == (lhs: Self, rhs: Self) -> Bool { lhs.parts == rhs.parts }

    public func hash(into hasher: inout Hasher) { hasher.combine(parts) }
}

extension UInt8 {
    /// True for the characters `A-Z a-z 0-9 _ -`.
    fileprivate var isWordCharacter: Bool {
        isUnreserved && self != UInt8(ascii: ".") && self != UInt8(ascii: "~")
    }

    /// True for a character that never needs an encoding in a URI (RFC 3986 section 2.3).
    var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// True for a character that may stand unencoded in a path's segment (RFC 3986 section 3.3), except for `;`, which some servers read as
    /// the start of parameters.
    var isPathCharacter: Bool {
        switch self {
        case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "="),
            UInt8(ascii: ":"), UInt8(ascii: "@"):
            true
        default: isUnreserved
        }
    }
}
