import COpenSSL

/// A key pair for signing, for tests and demonstrations.
///
/// The type is `@unchecked Sendable`, since the key never changes after `init`, and each signature has its own context.
package final class PrivateKey: @unchecked Sendable {
    /// The kind of the key.
    package let kind: PublicKey.Kind
    /// The `EVP_PKEY` of the key pair.
    private let key: OpaquePointer

    /// Makes a new key. An RSA key may have any number of bits, since tests need weak keys.
    package init(_ kind: PublicKey.Kind) throws(CryptoError) {
        guard let key = Self.generate(kind) else {
            ERR_clear_error()
            throw CryptoError("a key of this kind cannot be made: \(kind)")
        }
        self.kind = kind
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    private static func generate(_ kind: PublicKey.Kind) -> OpaquePointer? {
        let type =
            switch kind {
            case .rsa: "RSA"
            case .ec: "EC"
            case .ed25519: "ED25519"
            }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_keygen_init(context) == 1 else { return nil }
        var key: OpaquePointer?
        let isConfigured =
            switch kind {
            case .rsa(let bits): EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(clamping: bits)) == 1
            case .ec(let curve): EVP_PKEY_CTX_set_group_name(context, curve.group) == 1
            case .ed25519: true
            }
        return isConfigured && EVP_PKEY_generate(context, &key) == 1 ? key : nil
    }

    /// Returns a signature of a message, in the form that tokens have.
    ///
    /// - Throws: An error if the scheme does not fit the kind of key.
    package func sign(_ message: [UInt8], _ scheme: SignatureScheme) throws(CryptoError) -> [UInt8] {
        guard kind.schemes.contains(scheme), let signature = signature(of: message, scheme) else {
            ERR_clear_error()
            throw CryptoError("the message cannot be signed")
        }
        guard case .ec(let curve) = kind else { return signature }
        guard let raw = ECDSASignature(der: signature)?.raw(coordinateByteCount: curve.coordinateByteCount) else {
            throw CryptoError("the signature cannot be written")
        }
        return raw
    }

    private func signature(of message: [UInt8], _ scheme: SignatureScheme) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?  // `context` owns it
        var count = Int(EVP_PKEY_get_size(key))
        guard EVP_DigestSignInit(context, &keyContext, scheme.digest?.algorithm, nil, key) == 1, let keyContext,
            scheme.configure(keyContext)
        else { return nil }
        var isComplete = false
        let signature = [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
            isComplete = EVP_DigestSign(context, output.baseAddress, &count, message, message.count) == 1
            initialized = isComplete ? count : 0
        }
        return isComplete ? signature : nil
    }
}

extension PrivateKey {
    /// The public key as SubjectPublicKeyInfo in DER; empty if libcrypto fails.
    package var subjectPublicKeyInfo: [UInt8] { PublicKey.subjectPublicKeyInfo(of: key) }

    /// The numbers of the public key with their names in a JWK (RFC 7518 section 6, RFC 8037 section 2), big-endian and at full length;
    /// empty if libcrypto fails.
    package var publicNumbers: [(name: String, bytes: [UInt8])] {
        switch kind {
        case .rsa:
            number("n", OSSL_PKEY_PARAM_RSA_N) + number("e", OSSL_PKEY_PARAM_RSA_E)
        case .ec(let curve):
            number("x", OSSL_PKEY_PARAM_EC_PUB_X, byteCount: curve.coordinateByteCount)
                + number("y", OSSL_PKEY_PARAM_EC_PUB_Y, byteCount: curve.coordinateByteCount)
        case .ed25519:
            Ed25519Point(of: key).map { [("x", $0.bytes)] } ?? []
        }
    }

    private func number(_ name: String, _ parameter: String, byteCount: Int = 0) -> [(name: String, bytes: [UInt8])] {
        BigNumber(parameter: parameter, of: key).map { [(name, $0.bytes(atLeast: byteCount))] } ?? []
    }
}
