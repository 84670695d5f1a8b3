#if PolicyFiles
import GatehouseBase

/// The meanings of the characters U+E000 to U+F8FF in a masked text. Each character has three bytes, the first of which is EE or EF.
struct PrivateUseArea: Sendable {
    enum Meaning: Sendable {
        case stands(for: YAMLMask.Indicator)
        case nothing
    }

    private static let first: UInt32 = 0xE000
    private static let count = 0xF8FF - 0xE000 + 1

    private var isUsed = Array(repeating: false, count: count)
    private var meanings: [Meaning?] = Array(repeating: nil, count: count)

    /// Makes an area in which the characters of a valid text are marked as used. The text may have a character itself or an escape such as
    /// `\uE000`.
    init(unusedIn bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { bytes in
            for lead: UInt8 in [0xEE, 0xEF, UInt8(ascii: "\\")] {
                var start = 0
                while let index = bytes.firstIndex(of: lead, from: start) {
                    use(Self.leads(lead) ? Self.value(at: index, in: bytes) : Self.escaped(at: index, in: bytes))
                    start = index + 1
                }
            }
        }
    }

    /// Returns at most `count` characters that the text does not have.
    func free(_ count: Int) -> [Unicode.Scalar] {
        isUsed.indices.lazy.filter { !isUsed[$0] }.prefix(count).compactMap { Unicode.Scalar(Self.first + UInt32($0)) }
    }

    mutating func give(_ character: Unicode.Scalar, _ meaning: Meaning) {
        if let index = Self.index(of: character.value) { meanings[index] = meaning }
    }

    /// Returns true if a character of the area may start with this byte.
    static func leads(_ byte: UInt8) -> Bool { byte == 0xEE || byte == 0xEF }

    /// Returns the meaning of the character at an index; `nil` if the character stands for itself.
    func meaning(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Meaning? {
        guard Self.leads(bytes[index]) else { return nil }
        return Self.index(of: Self.value(at: index, in: bytes)).flatMap { meanings[$0] }
    }

    private mutating func use(_ value: UInt32) {
        if let index = Self.index(of: value) { isUsed[index] = true }
    }

    private static func index(of value: UInt32) -> Int? {
        value >= first && value < first + UInt32(count) ? Int(value - first) : nil
    }

    /// Returns the character whose first byte, EE or EF, stands at an index.
    private static func value(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard index + 2 < bytes.count else { return 0 }
        return UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
            | UInt32(bytes[index + 2] & 0x3F)
    }

    /// Returns the character that the hexadecimal escape at an index writes, and 0 for any other escape.
    private static func escaped(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard index + 1 < bytes.count else { return 0 }
        let digits: Int
        switch bytes[index + 1] {
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        default: return 0
        }
        guard index + 2 + digits <= bytes.count else { return 0 }
        let text = String(decoding: bytes[(index + 2)..<(index + 2 + digits)], as: UTF8.self)
        return UInt32(text, radix: 16) ?? 0
    }
}
#endif
