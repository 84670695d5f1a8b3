/// A text's bytes, in place up to 48 of them, which is a UUID or a Clerk id: a cache holds as many as it has entries.
enum CompactBytes: Sendable {
    typealias Words = (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

    case inPlace(Words, count: UInt8)
    case apart(NameBytes)

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var words: Words = (0, 0, 0, 0, 0, 0)
        guard let count = UInt8(exactly: bytes.count), count <= MemoryLayout<Words>.size else {
            self = .apart(NameBytes(String(decoding: bytes, as: UTF8.self)))  // the bytes of a String: valid
            return
        }
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self = .inPlace(words, count: count)
    }

    @inline(__always)
    func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .inPlace(let words, let count):
            guard Int(count) == other.count else { return false }
            return withUnsafeBytes(of: words) {
                UnsafeBufferPointer(rebasing: $0.assumingMemoryBound(to: UInt8.self)[..<Int(count)]).hasSameBytes(
                    as: other
                )
            }
        case .apart(let name): return name.withBytes { bytes, _ in bytes.hasSameBytes(as: other) }
        }
    }
}
