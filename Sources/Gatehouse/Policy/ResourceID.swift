/// A resource: a type of one segment and an id of any bytes, compared by bytes.
public struct ResourceID: Sendable, Hashable, CustomStringConvertible {
    /// The type, one segment of `A-Z a-z 0-9 _ - .`.
    public let type: String
    /// The id, any text that is not empty.
    public let id: String

    /// Makes a resource from its parts; `nil` if the type is not a segment or the id is empty.
    public init?(type: String, id: String) {
        guard Name.isSegment(type), !id.isEmpty else { return nil }
        self.type = type
        self.id = id
    }

    /// Makes a resource from `type:id`, split at the first colon.
    public init?(_ text: String) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        self.init(type: String(text[..<colon]), id: String(text[text.utf8.index(after: colon)...]))
    }

    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.type.hasSameBytes(as: rhs.type) && lhs.id.hasSameBytes(as: rhs.id)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ByteText(type))
        hasher.combine(ByteText(id))
    }

    public var description: String { "\(type):\(id)" }
}
