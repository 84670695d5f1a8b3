/// The lowest bits of a decimal number of any length.
///
/// The mask keeps no more bits than demanded, so that the cost is bounded by the digits times the words kept.
struct BitMask {
    private var words: [UInt64]

    /// Reads a number of ASCII digits, at least one; `nil` for any other text.
    ///
    /// - Parameter width: The number of bits to keep.
    init?(decimal text: String, width: Int) {
        guard !text.isEmpty else { return nil }
        words = Array(repeating: 0, count: (max(0, width) + 63) / 64)
        for digit in text.utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            shiftIn(UInt64(digit - UInt8(ascii: "0")))
        }
    }

    /// Multiplies the number by ten and adds a digit, modulo the bits kept.
    private mutating func shiftIn(_ digit: UInt64) {
        var carry = digit
        for index in words.indices {
            let (high, low) = words[index].multipliedFullWidth(by: 10)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            words[index] = sum
            carry = high + (overflow ? 1 : 0)  // at most 10: the product's upper half is at most 9
        }
    }

    /// Returns true if a bit is set, counted from the least significant.
    func contains(_ bit: Int) -> Bool {
        let (word, offset) = bit.quotientAndRemainder(dividingBy: 64)
        return words.indices.contains(word) && words[word] >> UInt64(offset) & 1 == 1
    }
}
