/// A text that is compared by its UTF-8 bytes.
///
/// `String` compares by canonical equivalence: `"\u{212A}"` (the Kelvin sign) equals `"K"`. Names, identifiers and keys of access decisions
/// need a comparison by bytes.
public struct ByteText: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The text as a string.
    public let string: String

    /// Makes a byte text from a string.
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
        hasher.combine(UInt8(0xFF))  // no UTF-8 text contains 0xFF, so that two texts in a row have a hash of their own
    }

    public var description: String { string }
}
