/// The name of one action that may be allowed, such as `org:invoices:read`.
///
/// A name is 1 to 16 segments joined by `:`. Each segment is one or more of `A-Z a-z 0-9 _ - .`. A name has at most 256 bytes, and its case
/// matters. A pattern such as `docs:*` is not a name: roles grant patterns, and a check asks for one permission. A permission carries its
/// hash, so that a check with a typed constant computes no hash:
///
/// ```swift
/// extension Permission {
///     static let readInvoices: Permission = "org:invoices:read"
/// }
/// ```
public struct Permission: Sendable, Hashable, Comparable, CustomStringConvertible {
    let bytes: NameBytes

    /// The name.
    public var name: String { bytes.name }

    /// Makes a permission from a literal of the program. A malformed literal, such as a pattern, is the program's mistake, and
    /// traps.
    public init(_ literal: StaticString) {
        let name = literal.description
        // This trap cannot be reached by input, since a StaticString is a literal in the source.
        precondition(Name.isWellFormed(name), "“\(name)” is not a permission name")
        self.init(wellFormed: name)
    }

    /// Makes a permission from text that comes from outside.
    ///
    /// - Throws: ``NameError`` if the text is not a name. A pattern is not a name either.
    public init(validating name: String) throws(NameError) {
        guard Name.isWellFormed(name) else { throw NameError(.invalidPermission, name) }
        self.init(wellFormed: name)
    }

    init(wellFormed name: String) {
        bytes = NameBytes(name)
    }

    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.bytes.hash == rhs.bytes.hash && lhs.name.hasSameBytes(as: rhs.name)
    }

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.name.precedesByBytes(rhs.name) }

    public func hash(into hasher: inout Hasher) { hasher.combine(ByteText(name)) }

    public var description: String { name }
}

extension Permission: ExpressibleByStringLiteral {
    public init(stringLiteral literal: StaticString) { self.init(literal) }
}

extension Permission: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(validating: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
