import COpenSSL

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// The bytes of a digest.
    package static let byteCount = 32

    /// The digest of a message.
    package static func digest(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
        var isComplete = false
        let digest = [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            isComplete = message.withUnsafeBufferPointer { write(digestOf: $0, to: output) }
            count = isComplete ? byteCount : 0
        }
        guard isComplete else { throw CryptoError("SHA-256 failed") }
        return digest
    }

    /// Writes the digest to `output`, which has room for it; false if libcrypto fails.
    static func write(digestOf message: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>)
        -> Bool
    {
        guard let algorithm = algorithm.pointer, output.count >= byteCount else { return false }
        return EVP_Digest(message.baseAddress, message.count, output.baseAddress, nil, algorithm, nil) == 1
    }

    /// Fetched once: a fetch takes a lock and costs as much as hashing a short token.
    private static let algorithm = FetchedDigest(named: "SHA256")
}

/// A digest algorithm of libcrypto's.
///
/// `@unchecked Sendable`: an `EVP_MD` is never changed after its fetch, and this one is never freed.
private struct FetchedDigest: @unchecked Sendable {
    let pointer: OpaquePointer?

    init(named name: String) {
        pointer = EVP_MD_fetch(nil, name, nil)
    }
}
