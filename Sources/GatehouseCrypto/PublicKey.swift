import COpenSSL

/// A public key that may verify signatures, on libcrypto.
///
/// No part of the key is written after `init`, and each verification works on a context of its own. `PublicKeyTests`
/// verifies good and bad signatures from eight threads on one key of each kind, since the thread sanitizer does not see
/// into libcrypto.
package final class PublicKey: Sendable {
    /// The kind of the key.
    package enum Kind: Sendable, Hashable {
        /// RSA with a modulus of so many bits.
        case rsa(bits: Int)
        case ec(Curve)
        case ed25519
    }

    package let kind: Kind
    /// The key as SubjectPublicKeyInfo in DER (RFC 5280 section 4.1.2.7): the same bytes for the same key.
    package let subjectPublicKeyInfo: [UInt8]
    private let verifications: [PrimedVerification]

    /// Takes an `EVP_PKEY` that was checked to be of this kind. The key lives as long as the contexts that are set up for it.
    init(_ key: OpaquePointer, kind: Kind) throws(KeyRefusal) {
        self.kind = kind
        subjectPublicKeyInfo = Self.subjectPublicKeyInfo(of: key)
        verifications = kind.schemes.compactMap { PrimedVerification($0, key: key) }
        guard verifications.count == kind.schemes.count, !subjectPublicKeyInfo.isEmpty else {
            throw KeyRefusal(.unsupported, "libcrypto does not verify with this key")
        }
    }

    /// Returns true if `signature` is one of `message` by this key under this scheme. False for a scheme that is not the key's kind's, and
    /// for a signature of another length than the key's.
    package func verifies(
        _ scheme: SignatureScheme,
        signature: UnsafeBufferPointer<UInt8>,
        of message: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        // libcrypto reads a short PSS signature as if zeros stood in front of it.
        guard signature.count == kind.signatureByteCount,
            let verification = verifications.first(where: { $0.scheme == scheme })
        else { return false }
        guard case .ec = kind else { return verification.holds(signature, of: message) }
        return DER.signature(signature).bytes.withUnsafeBufferPointer { verification.holds($0, of: message) }
    }

    /// Returns true if a signature, as an array, is one of the message by this key under this scheme.
    package func verifies(
        _ scheme: SignatureScheme,
        signature: [UInt8],
        of message: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        signature.withUnsafeBufferPointer { verifies(scheme, signature: $0, of: message) }
    }
}
