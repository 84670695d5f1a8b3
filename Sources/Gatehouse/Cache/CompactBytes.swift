/// A text's bytes, in place up to 32 of them, which the ids of Clerk's users have, and its organizations' nearly: half a cache line.
///
/// The last byte also tells how many they are, as no UTF-8 text ends with one from 0xC0 on (RFC 3629, section 3).
struct CompactBytes: ~Copyable, Sendable {
    private typealias Words = (UInt64, UInt64, UInt64, UInt64)

    /// How many bytes there are in place, and where the last of them lies.
    private static let capacity = 32
    private static let lastByte = 31
    /// In the place of the last byte: this and how many bytes there are, fewer than 32.
    private static let fewer: UInt8 = 0xC0
    /// In the place of the last byte: the words begin with where the bytes lie, in memory that this alone owns and frees.
    private static let apart: UInt8 = 0xFF
    private let words: Words

    /// - Parameter bytes: those of a `String`, and so valid UTF-8.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { words = Self.words(of: bytes) }

    init(_ text: String) { words = text.withUTF8Bytes { Self.words(of: $0) } }

    private static func words(of bytes: UnsafeBufferPointer<UInt8>) -> Words {
        var words: Words = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { words in
            if bytes.count <= capacity {
                words.copyBytes(from: bytes)
                if bytes.count < capacity { words[lastByte] = fewer | UInt8(bytes.count) }
            } else {
                let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
                _ = copy.initialize(from: bytes)
                words.storeBytes(of: copy, as: UnsafeMutableBufferPointer<UInt8>.self)
                words[lastByte] = apart
            }
        }
        return words
    }

    deinit {
        withUnsafeBytes(of: words) { words in
            guard words[Self.lastByte] == Self.apart else { return }
            words.load(as: UnsafeMutableBufferPointer<UInt8>.self).deallocate()
        }
    }

    @inline(__always)
    func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        withUnsafeBytes(of: words) { words in
            let last = words[Self.lastByte]
            guard last != Self.apart else {
                return words.load(as: UnsafeBufferPointer<UInt8>.self).hasSameBytes(as: other)
            }
            let count = last < Self.fewer ? Self.capacity : Int(last & ~Self.fewer)
            return UnsafeBufferPointer(rebasing: words.assumingMemoryBound(to: UInt8.self)[..<count])
                .hasSameBytes(as: other)
        }
    }
}
