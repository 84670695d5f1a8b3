/// A name and a value of a JSON object.
public struct JSONMember: Sendable, Hashable {
    /// The name, which is compared by bytes.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// Makes a member.
    public init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }

    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.name.hasSameBytes(as: rhs.name) && lhs.value == rhs.value
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ByteText(name))
        hasher.combine(value)
    }
}
