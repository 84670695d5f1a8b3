import COpenSSL

/// The state that one verification at a time works on: a duplicate of a context that was set up, and a hash.
///
/// `@unchecked Sendable`: the context waits in a list, or has one owner, which gives the context back or frees it.
struct VerificationContext: @unchecked Sendable {
    private let verification: OpaquePointer  // EVP_PKEY_CTX
    private let hash: OpaquePointer  // EVP_MD_CTX

    /// Makes a duplicate of a context; `nil` if libcrypto has no memory.
    init?(duplicating primed: OpaquePointer) {
        guard let hash = EVP_MD_CTX_new() else { return nil }
        guard let verification = EVP_PKEY_CTX_dup(primed) else {
            EVP_MD_CTX_free(hash)
            return nil
        }
        (self.verification, self.hash) = (verification, hash)
    }

    func free() {
        EVP_PKEY_CTX_free(verification)
        EVP_MD_CTX_free(hash)
    }

    /// Returns true if the signature, in the form that libcrypto reads, is one of the message by its digest.
    func holds(
        _ signature: UnsafeBufferPointer<UInt8>,
        of message: UnsafeBufferPointer<UInt8>,
        _ digest: Digest
    ) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Digest.maximumByteCount) { output in
            EVP_DigestInit_ex2(hash, digest.algorithm, nil) == 1
                && EVP_DigestUpdate(hash, message.baseAddress, message.count) == 1
                && EVP_DigestFinal_ex(hash, output.baseAddress, nil) == 1
                && EVP_PKEY_verify(
                    verification,
                    signature.baseAddress,
                    signature.count,
                    output.baseAddress,
                    digest.byteCount
                ) == 1
        }
    }
}
