/// A set of small whole numbers below a count.
struct BitSet: Sendable {
    private(set) var words: [UInt64]

    init(count: Int) {
        words = Array(repeating: 0, count: (count + 63) / 64)
    }

    /// True if the number is in the set; the array checks the bounds.
    @inline(__always)
    subscript(_ number: Int) -> Bool {
        words[number >> 6] & (1 << UInt64(truncatingIfNeeded: number & 63)) != 0
    }

    mutating func insert(_ number: Int) {
        words[number >> 6] |= 1 << UInt64(truncatingIfNeeded: number & 63)
    }

    func forEach(_ body: (Int) -> Void) {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                body(index << 6 + rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
    }

    mutating func formUnion(_ other: BitSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    func union(_ other: BitSet) -> BitSet {
        var result = self
        result.formUnion(other)
        return result
    }

    func subtracting(_ other: BitSet) -> BitSet {
        var result = self
        for index in result.words.indices { result.words[index] &= ~other.words[index] }
        return result
    }
}
