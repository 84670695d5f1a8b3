import COpenSSL

/// A hash function of SHA-2 (FIPS 180-4), for signatures.
package enum Digest: Sendable, Hashable, CaseIterable {
    case sha256
    case sha384
    case sha512

    /// The largest number of bytes of a digest.
    static let maximumByteCount = 64

    /// The number of bytes of the digest.
    package var byteCount: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// Calls `body` with the digest of a message, which exists until `body` returns; `nil` if libcrypto fails.
    func withDigest<Result>(
        of message: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maximumByteCount) { output in
            guard write(digestOf: message, to: output) else { return nil }
            return body(UnsafeBufferPointer(rebasing: output[..<byteCount]))
        }
    }

    /// Writes the digest to `output`, which must have enough room. Returns false if libcrypto fails.
    func write(
        digestOf message: UnsafeBufferPointer<UInt8>,
        to output: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        guard let algorithm = algorithm, output.count >= byteCount else { return false }
        return EVP_Digest(message.baseAddress, message.count, output.baseAddress, nil, algorithm, nil) == 1
    }

    /// The `EVP_MD` of the digest; `nil` if libcrypto has none.
    var algorithm: OpaquePointer? {
        switch self {
        case .sha256: Self.fetched256.pointer
        case .sha384: Self.fetched384.pointer
        case .sha512: Self.fetched512.pointer
        }
    }

    // The algorithms are fetched once: a fetch takes a lock and costs as much as hashing a short token.
    private static let fetched256 = Fetched("SHA256")
    private static let fetched384 = Fetched("SHA384")
    private static let fetched512 = Fetched("SHA512")

    /// A hash function of libcrypto.
    ///
    /// The type is `@unchecked Sendable`, since an `EVP_MD` never changes after its fetch, and this `EVP_MD` is never freed.
    private struct Fetched: @unchecked Sendable {
        let pointer: OpaquePointer?

        init(_ name: String) {
            pointer = EVP_MD_fetch(nil, name, nil)
        }
    }
}
