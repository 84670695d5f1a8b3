import COpenSSL

/// An HMAC (RFC 2104), which is compared in constant time.
package struct MessageAuthenticationCode: Sendable {
    /// The bytes of the code, as many as its hash function gives.
    package let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Returns true if the code is these bytes. The time of the comparison depends on the number of bytes alone.
    package func equals(_ other: [UInt8]) -> Bool { bytes.hasSameBytesInConstantTime(as: other) }
}

extension [UInt8] {
    /// Returns true if both hold the same bytes. The time of the comparison depends on their numbers alone.
    package func hasSameBytesInConstantTime(as other: [UInt8]) -> Bool {
        count == other.count && CRYPTO_memcmp(self, other, count) == 0
    }

    /// Unpredictable bytes; `nil` if libcrypto gives none.
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
