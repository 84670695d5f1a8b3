/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// The bytes of a digest.
    package static let byteCount = Digest.sha256.byteCount

    /// The digest of a message.
    package static func digest(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
        let digest = message.withUnsafeBufferPointer { Digest.sha256.withDigest(of: $0) { Array($0) } }
        guard let digest else { throw CryptoError("SHA-256 failed") }
        return digest
    }
}
