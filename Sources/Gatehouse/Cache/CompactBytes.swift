/// A text's bytes, in place up to 31 of them, which is a Clerk id: with their count, half a cache line.
struct CompactBytes: ~Copyable, Sendable {
    private typealias Words = (UInt64, UInt64, UInt64, UInt64)

    /// In the place of the count: the words begin with a `NameBytes`, retained by the initializer and released by `deinit`.
    private static let apart = UInt8.max
    private static let lastByte = MemoryLayout<Words>.size - 1
    /// The bytes, and in the last byte how many they are.
    private let words: Words

    init(_ bytes: UnsafeBufferPointer<UInt8>) { words = Self.words(of: bytes) }

    init(_ text: String) { words = text.withUTF8Bytes { Self.words(of: $0) } }

    private static func words(of bytes: UnsafeBufferPointer<UInt8>) -> Words {
        var words: Words = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { words in
            if bytes.count <= Self.lastByte {
                words.copyBytes(from: bytes)
                words[Self.lastByte] = UInt8(bytes.count)  // at most 31
            } else {
                let text = NameBytes(String(decoding: bytes, as: UTF8.self))  // the bytes of a String: valid
                words.storeBytes(of: .passRetained(text), as: Unmanaged<NameBytes>.self)
                words[Self.lastByte] = Self.apart
            }
        }
        return words
    }

    deinit {
        withUnsafeBytes(of: words) { words in
            if words[Self.lastByte] == Self.apart { words.load(as: Unmanaged<NameBytes>.self).release() }
        }
    }

    @inline(__always)
    func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        withUnsafeBytes(of: words) { words in
            let count = words[Self.lastByte]
            guard count != Self.apart else {
                return words.load(as: Unmanaged<NameBytes>.self)._withUnsafeGuaranteedRef {
                    $0.withBytes { bytes, _ in bytes.hasSameBytes(as: other) }
                }
            }
            return UnsafeBufferPointer(rebasing: words.assumingMemoryBound(to: UInt8.self)[..<Int(count)])
                .hasSameBytes(as: other)
        }
    }
}
