import COpenSSL

/// A public key that may verify signatures, on libcrypto.
///
/// `@unchecked Sendable`: after `init` nothing here is written. `key` is only read, and each verification works on its
/// own duplicate of `verification`, which libcrypto makes by reading the original and counting references atomically.
/// `PublicKeyTests` verifies good and bad signatures from eight threads on one key, since the thread sanitizer does not
/// see into libcrypto.
package final class PublicKey: @unchecked Sendable {
    /// What kind of key this is.
    package enum Kind: Sendable, Hashable {
        /// RSA with a modulus of so many bits.
        case rsa(bits: Int)
        case p256
        case p384
        case p521
        case ed25519
    }

    package let kind: Kind
    /// `EVP_PKEY`.
    private let key: OpaquePointer
    /// `EVP_PKEY_CTX` primed for RSASSA-PKCS1-v1_5 with SHA-256; nil for other kinds of key.
    private let verification: OpaquePointer?

    /// Takes ownership of an `EVP_PKEY` that was checked to be of this kind.
    init(owning key: OpaquePointer, kind: Kind) throws(KeyRefusal) {
        self.key = key
        self.kind = kind
        guard case .rsa = kind else {
            verification = nil
            return
        }
        verification = Self.primedVerification(with: key)
        if verification == nil { throw KeyRefusal("libcrypto does not verify with this key") }
    }

    deinit {
        EVP_PKEY_CTX_free(verification)
        EVP_PKEY_free(key)
    }

    /// Whether `signature` is one of `message` by this key under RS256 (RFC 7518 section 3.3). False for a key that is
    /// not RSA.
    package func verifiesRS256(
        signature: UnsafeBufferPointer<UInt8>,
        of message: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard let verification, let context = EVP_PKEY_CTX_dup(verification) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SHA256.byteCount) { digest in
            guard SHA256.write(digestOf: message, to: digest) else { return false }
            let result = EVP_PKEY_verify(
                context,
                signature.baseAddress,
                signature.count,
                digest.baseAddress,
                digest.count
            )
            guard result == 1 else {
                ERR_clear_error()  // the queue belongs to the thread, and others read it
                return false
            }
            return true
        }
    }

    /// As the other, for a signature in an array.
    package func verifiesRS256(signature: [UInt8], of message: UnsafeBufferPointer<UInt8>) -> Bool {
        signature.withUnsafeBufferPointer { verifiesRS256(signature: $0, of: message) }
    }

    private static func primedVerification(with key: OpaquePointer) -> OpaquePointer? {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return nil }
        guard EVP_PKEY_verify_init(context) == 1,
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1,
            EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1
        else {
            EVP_PKEY_CTX_free(context)
            ERR_clear_error()
            return nil
        }
        return context
    }
}
