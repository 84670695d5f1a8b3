/// A JSON number in its written form. Numbers are equal if their written forms are equal.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// The written number, in the grammar of RFC 8259 section 6.
    public let text: String

    /// Makes a whole number.
    public init(_ value: Int) {
        text = String(value)
    }

    /// Makes a finite number; `nil` for an infinity or a NaN, which JSON does not have.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = String(describing: value)
    }

    /// Makes a number from a text that is known to be a JSON number.
    package init(unchecked text: String) {
        self.text = text
    }

    /// The nearest double; `nil` if that double is infinite.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The value as an integer; `nil` if the number has a fraction or an exponent, or does not fit.
    public var int: Int? { Int(text) }

    public var description: String { text }
}
