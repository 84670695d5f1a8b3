import COpenSSL

/// An HMAC (RFC 2104). The comparison takes constant time.
package struct MessageAuthenticationCode: Sendable {
    /// The bytes of the code. Their number depends on the hash function.
    package let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Returns true if the code equals these bytes. The time of the comparison depends only on the number of bytes.
    package func equals(_ other: [UInt8]) -> Bool { bytes.hasSameBytesInConstantTime(as: other) }
}

extension [UInt8] {
    /// Returns true if both arrays are equal. The time of the comparison depends only on their lengths.
    package func hasSameBytesInConstantTime(as other: [UInt8]) -> Bool {
        count == other.count && CRYPTO_memcmp(self, other, count) == 0
    }

    /// Returns unpredictable bytes; `nil` if libcrypto fails.
    package static func random(count: Int) -> [UInt8]? {
        guard let length = Int32(exactly: count), length >= 0 else { return nil }
        var isComplete = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { output, written in
            isComplete = RAND_bytes(output.baseAddress, length) == 1
            written = isComplete ? count : 0
        }
        return isComplete ? bytes : nil
    }
}
