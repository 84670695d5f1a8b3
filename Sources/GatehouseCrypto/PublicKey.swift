import COpenSSL

/// A public key that verifies signatures with libcrypto.
///
/// No part of the key is written after `init`, and each verification has its own context. `PublicKeyTests` verifies good and bad signatures
/// in eight threads with one key of each kind, since the thread sanitizer does not see into libcrypto.
package final class PublicKey: Sendable {
    /// The kind of the key.
    package enum Kind: Sendable, Hashable {
        /// An RSA key with a modulus of this many bits.
        case rsa(bits: Int)
        case ec(Curve)
        case ed25519
    }

    package let kind: Kind
    /// The key as SubjectPublicKeyInfo in DER (RFC 5280 section 4.1.2.7). Equal keys have equal bytes.
    package let subjectPublicKeyInfo: [UInt8]
    private let verifications: [PrimedVerification]

    /// Makes a key from an `EVP_PKEY` that was checked to be of this kind. The contexts for the key keep the `EVP_PKEY` alive.
    init(_ key: OpaquePointer, kind: Kind) throws(KeyRefusal) {
        self.kind = kind
        subjectPublicKeyInfo = Self.subjectPublicKeyInfo(of: key)
        verifications = kind.schemes.compactMap { PrimedVerification($0, key: key) }
        guard verifications.count == kind.schemes.count, !subjectPublicKeyInfo.isEmpty else {
            throw KeyRefusal(.unsupported, "libcrypto does not verify with this key")
        }
    }

    /// Returns true if `signature` is a signature of `message` by this key and scheme, and false for a scheme of another kind of key and
    /// for a signature of another length than the key's.
    package func verifies(
        _ scheme: SignatureScheme,
        signature: UnsafeBufferPointer<UInt8>,
        of message: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        // libcrypto reads a short PSS signature as if zeros preceded it.
        guard signature.count == kind.signatureByteCount,
            let verification = verifications.first(where: { $0.scheme == scheme })
        else { return false }
        guard case .ec = kind else { return verification.holds(signature, of: message) }
        return DER.signature(signature).bytes.withUnsafeBufferPointer { verification.holds($0, of: message) }
    }

    /// Returns true if the signature, as an array, is a signature of the message by this key and scheme.
    package func verifies(
        _ scheme: SignatureScheme,
        signature: [UInt8],
        of message: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        signature.withUnsafeBufferPointer { verifies(scheme, signature: $0, of: message) }
    }
}
