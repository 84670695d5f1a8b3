extension JSONNumber {
    /// Compares this number with another exactly, in any size and precision: `1.0` equals `10e-1`. The result is negative if this number is
    /// less, zero if both are equal, and positive if this number is greater.
    package func order(comparedTo other: JSONNumber) -> Int {
        Comparand(self).order(comparedTo: Comparand(other))
    }

    /// A number that was parsed once, for comparisons with many numbers.
    enum Comparand {
        case int(Int)
        case decimal(Decimal)

        init(_ number: JSONNumber) {
            self = number.int.map { .int($0) } ?? .decimal(Decimal(number.text))
        }

        func order(comparedTo other: Comparand) -> Int {
            if case .int(let mine) = self, case .int(let theirs) = other {
                return mine < theirs ? -1 : mine == theirs ? 0 : 1
            }
            return decimal.order(comparedTo: other.decimal)
        }

        private var decimal: Decimal {
            switch self {
            case .int(let value): Decimal(String(value))
            case .decimal(let decimal): decimal
            }
        }
    }
}

/// A decimal number in the form `0.digits × 10^exponent`, whose digits have no zeros at either end.
struct Decimal {
    private let isNegative: Bool
    /// The digits; empty for zero.
    private let digits: ArraySlice<UInt8>
    private let exponent: Exponent

    init(_ text: String) {
        let bytes = Array(text.utf8)
        isNegative = bytes.first == UInt8(ascii: "-")
        let unsigned = bytes.drop { $0 == UInt8(ascii: "-") }
        let mark = unsigned.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? unsigned.endIndex
        let point = unsigned[..<mark].firstIndex(of: UInt8(ascii: ".")) ?? mark
        let zero = UInt8(ascii: "0")
        let all = Array(unsigned[..<point] + unsigned[point..<mark].dropFirst())
        let significant = all.drop { $0 == zero }
        digits = significant[..<((significant.lastIndex { $0 != zero } ?? significant.startIndex - 1) + 1)]
        let shift = (point - unsigned.startIndex) - (all.count - significant.count)
        exponent = Exponent(unsigned[mark...].dropFirst(), plus: shift)
    }

    func order(comparedTo other: Decimal) -> Int {
        let (mine, theirs) = (sign, other.sign)
        guard mine == theirs else { return mine < theirs ? -1 : 1 }
        guard mine != 0 else { return 0 }
        let magnitude = exponent.order(comparedTo: other.exponent)
        if magnitude != 0 { return magnitude * mine }
        if digits.elementsEqual(other.digits) { return 0 }
        return digits.lexicographicallyPrecedes(other.digits) ? -mine : mine
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }
}

/// A whole number of any size: `text` of optional sign and digits, plus the number of digits in memory.
struct Exponent {
    private let isNegative: Bool
    /// The digits without leading zeros; empty for zero.
    private let digits: [UInt8]

    init(_ text: ArraySlice<UInt8>, plus shift: Int) {
        let isMinus = text.first == UInt8(ascii: "-")
        let written = text.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
            .drop { $0 == UInt8(ascii: "0") }
        // The sum of a number of 18 digits and a count of bytes fits into 64 bits.
        if written.count <= 18 {
            let magnitude = written.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            let value = (isMinus ? -magnitude : magnitude) + shift
            isNegative = value < 0
            digits = value == 0 ? [] : Array(String(value.magnitude).utf8)
        } else {
            // The number is so far from zero that a count of bytes does not change the sign.
            isNegative = isMinus
            digits = Self.adding(isMinus ? -shift : shift, to: Array(written))
        }
    }

    func order(comparedTo other: Exponent) -> Int {
        let (mine, theirs) = (sign, other.sign)
        guard mine == theirs else { return mine < theirs ? -1 : 1 }
        if digits.count != other.digits.count { return digits.count < other.digits.count ? -mine : mine }
        if digits == other.digits { return 0 }
        return digits.lexicographicallyPrecedes(other.digits) ? -mine : mine
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// Returns the digits of the sum, which is positive. The method carries or borrows from the last digit on.
    private static func adding(_ addend: Int, to digits: [UInt8]) -> [UInt8] {
        var result = digits
        var carry = addend
        for index in digits.indices.reversed() where carry != 0 {
            let sum = Int(digits[index] - 0x30) + carry
            let digit = ((sum % 10) + 10) % 10
            result[index] = 0x30 + UInt8(digit)
            carry = (sum - digit) / 10
        }
        if carry > 0 { result = Array(String(carry).utf8) + result }
        return Array(result.drop { $0 == UInt8(ascii: "0") })
    }
}
