/// A text of at most 32 bytes as four words. Two such texts are compared, and one is hashed, in a few steps. The ids of Clerk's users have
/// 32 bytes, and those of its organizations nearly as many.
///
/// The last byte also tells the number of bytes, since no UTF-8 text ends with a byte from 0xC0 on (RFC 3629, section 3).
struct PackedBytes: Sendable {
    typealias Words = (UInt64, UInt64, UInt64, UInt64)

    /// The largest number of bytes of a packed text.
    static let capacity = 32
    /// The value of the last byte for fewer than 32 bytes, to which their number is added.
    private static let fewer: UInt64 = 0xC0
    /// The value of the last byte for a missing text, which differs from the empty text.
    private static let absence: UInt64 = 0xFE
    /// The value of the last byte for bytes in separate memory.
    private static let apart: UInt64 = 0xFF

    let words: Words

    static var absent: PackedBytes { PackedBytes(words: (0, 0, 0, tag(absence))) }

    private init(words: Words) {
        self.words = words
    }

    /// Makes the words for bytes in separate memory.
    ///
    /// - Parameter hash: The unkeyed hash, which almost always differs between texts of equal lengths.
    init(count: Int, hash: UInt64) {
        words = (0, UInt64(count), hash, Self.tag(Self.apart))
    }

    /// Returns these words with the address of the bytes.
    func withAddress(_ address: UInt64) -> PackedBytes { PackedBytes(words: (address, words.1, words.2, words.3)) }

    /// Packs a text; `nil` if it is too long.
    @inline(__always)
    init?(_ text: String) {
        guard let packed = text.withUTF8Bytes({ PackedBytes($0) }) else { return nil }
        self = packed
    }

    /// Packs bytes; `nil` if there are too many.
    ///
    /// - Parameter bytes: The bytes of a text, which are valid UTF-8.
    @inline(__always)
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        let count = bytes.count
        guard count <= Self.capacity else { return nil }
        let end = Self.tag(Self.fewer | UInt64(count))  // for fewer than 32 bytes
        guard count >= 8 else {
            words = (bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }, 0, 0, end)
            return
        }
        let base = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)  // there are bytes
        func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        /// Returns the last eight bytes, without the bytes of the previous words. `wordEnd` is the end of a full last word.
        func last(_ wordEnd: Int) -> UInt64 { word(count &- 8) &>> UInt64((wordEnd &- count) &* 8) }
        words =
            switch count {
            case 32: (word(0), word(8), word(16), word(24))
            case 25...: (word(0), word(8), word(16), last(32) | end)
            case 17...: (word(0), word(8), last(24), end)
            case 9...: (word(0), last(16), 0, end)
            default: (word(0), 0, 0, end)
            }
    }

    /// The unkeyed hash of bytes that lie apart.
    var hashApart: UInt64 { words.2 }

    private static func tag(_ byte: UInt64) -> UInt64 { byte << 56 }

    /// True if the bytes lie apart.
    @inline(__always)
    var isApart: Bool { words.3 >> 56 == Self.apart }

    /// Returns true if all words are equal except the first, which has the address of separate memory.
    @inline(__always)
    func isSameButFirstWord(as other: Self) -> Bool {
        (words.1 ^ other.words.1) | (words.2 ^ other.words.2) | (words.3 ^ other.words.3) == 0
    }

    /// Returns a hash of the wyhash kind, like ``ByteHash``, from two products that do not depend on each other.
    @inline(__always)
    func hash(seed: UInt64) -> UInt64 {
        Self.product(words.0 ^ seed, words.1 ^ (seed &+ 0xE703_7ED1_A0B4_28DB))
            ^ Self.product(words.2 ^ (seed &+ 0x8EBC_6AF0_9C88_C6E3), words.3 ^ ~seed)
    }

    // This is the product of `ByteHash`, which the compiler does not inline from another module.
    @inline(__always)
    private static func product(_ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
        let product = lhs.multipliedFullWidth(by: rhs)
        return product.high ^ product.low
    }
}
