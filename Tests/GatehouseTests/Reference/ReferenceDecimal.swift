/// A JSON number as digits and a scale, so that numbers compare exactly whatever their size.
struct ReferenceDecimal {
    private var isNegative: Bool
    /// Without zeros at either end; empty for zero. The value is 0.DIGITS times ten to the power of `scale`.
    private var digits: [UInt8]
    private var scale: Int

    init(_ text: String) {
        let halves = text.lowercased().split(separator: "e", maxSplits: 1)
        let mantissa = halves[0].drop { $0 == "-" }.split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        let exponent = halves.count > 1 ? Self.exponent(String(halves[1])) : 0
        let all = Array(mantissa[0].utf8) + Array(fraction.utf8)
        let zero = UInt8(ascii: "0")
        let leading = all.prefix { $0 == zero }.count
        digits = Array(all.dropFirst(leading))
        while digits.last == zero { digits.removeLast() }
        isNegative = text.hasPrefix("-") && !digits.isEmpty
        scale = digits.isEmpty ? 0 : mantissa[0].count - leading + exponent
    }

    /// A number that does not fit counts as larger than any number of the tests.
    private static func exponent(_ text: String) -> Int {
        Int(text) ?? (text.hasPrefix("-") ? -1_000_000_000_000 : 1_000_000_000_000)
    }

    /// Negative, zero or positive.
    func compared(with other: Self) -> Int {
        if isNegative != other.isNegative { return isNegative ? -1 : 1 }
        return isNegative ? other.magnitudeCompared(with: self) : magnitudeCompared(with: other)
    }

    private func magnitudeCompared(with other: Self) -> Int {
        if digits == other.digits, scale == other.scale { return 0 }
        if digits.isEmpty { return -1 }
        if other.digits.isEmpty { return 1 }
        if scale != other.scale { return scale < other.scale ? -1 : 1 }
        return digits.lexicographicallyPrecedes(other.digits) ? -1 : 1
    }
}
