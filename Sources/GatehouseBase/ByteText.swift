/// A text that equals another only when their UTF-8 bytes do.
///
/// `String` compares by canonical equivalence: `"\u{212A}"` (the Kelvin sign) equals `"K"`. Names, identifiers and
/// keys of access decisions must not.
public struct ByteText: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The text itself.
    public let string: String

    /// Wraps a text.
    public init(_ string: String) {
        self.string = string
    }

    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.string.hasSameBytes(as: rhs.string)
    }

    public static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.string.precedesByBytes(rhs.string)
    }

    public func hash(into hasher: inout Hasher) {
        string.withUTF8Bytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8(0xFF))  // no UTF-8 text holds it, so that two texts in a row hash apart
    }

    public var description: String { string }
}
