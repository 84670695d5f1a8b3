import COpenSSL

/// The state of a verification: a duplicate of a prepared context, and a hash. A state serves one verification at a time.
///
/// The type is `@unchecked Sendable`, since a context either waits in a list or has one owner, which gives the context back or frees it.
struct VerificationContext: @unchecked Sendable {
    private let verification: OpaquePointer  // an EVP_PKEY_CTX
    private let hash: OpaquePointer  // an EVP_MD_CTX

    /// Duplicates a context; `nil` if libcrypto has no memory.
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

    /// Returns true if the signature, in libcrypto's form, is a signature of the message, by the message's digest.
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
