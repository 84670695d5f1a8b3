/// A JSON number as it was written; equal when written alike.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// The digits, in the grammar of RFC 8259 section 6.
    public let text: String

    /// A whole number.
    public init(_ value: Int) {
        text = String(value)
    }

    /// A finite number; `nil` for an infinity or a NaN, which JSON does not have.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = String(describing: value)
    }

    /// A text that is known to be a JSON number.
    package init(unchecked text: String) {
        self.text = text
    }

    /// The nearest double, or `nil` if that is infinite.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The value if it is written as a whole number (no fraction, no exponent) and fits.
    public var int: Int? { Int(text) }

    public var description: String { text }
}
