/// The SHA-256 digest of a message (FIPS 180-4).
package struct SHA256Digest: Sendable, Hashable {
    private let words: InlineWords

    private struct InlineWords: Sendable, Hashable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0
    }

    /// Hashes a message; `nil` if libcrypto fails.
    package init?(of message: UnsafeBufferPointer<UInt8>) {
        let words = Digest.sha256.withDigest(of: message) { digest in
            let bytes = UnsafeRawBufferPointer(digest)  // the digest has 32 bytes
            return InlineWords(
                first: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                second: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                third: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                fourth: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
            )
        }
        guard let words else { return nil }
        self.words = words
    }

    /// Hashes a message; `nil` if libcrypto fails.
    package init?(of message: [UInt8]) {
        let digest = message.withUnsafeBufferPointer { SHA256Digest(of: $0) }
        guard let digest else { return nil }
        self = digest
    }

    /// The 32 bytes of the digest.
    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// The digest as 64 hexadecimal digits in lower case.
    package var hexadecimalText: String {
        let digits = Array("0123456789abcdef".utf8)
        return withUnsafeBytes(of: words) { bytes in
            String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
        }
    }
}
