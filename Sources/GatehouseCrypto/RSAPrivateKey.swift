import COpenSSL

/// An RSA key pair that signs, for tests and demonstrations.
///
/// `@unchecked Sendable`: the key is never changed after `init`, and each signature has its own context.
package final class RSAPrivateKey: @unchecked Sendable {
    private let key: OpaquePointer
    /// The public modulus, big-endian without leading zeros.
    package let modulus: [UInt8]
    /// The public exponent, big-endian without leading zeros.
    package let exponent: [UInt8]

    /// Makes a new key.
    package init(bits: Int) throws(CryptoError) {
        guard let bits = Int32(exactly: bits), let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else {
            throw CryptoError("RSA keys cannot be made")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else {
            ERR_clear_error()
            throw CryptoError("an RSA key of \(bits) bits cannot be made")
        }
        guard let n = BigNumber(parameter: OSSL_PKEY_PARAM_RSA_N, of: key),
            let e = BigNumber(parameter: OSSL_PKEY_PARAM_RSA_E, of: key)
        else {
            EVP_PKEY_free(key)
            throw CryptoError("the new RSA key lacks a number")
        }
        self.key = key
        modulus = n.bytes
        exponent = e.bytes
    }

    deinit { EVP_PKEY_free(key) }

    /// The public key as SubjectPublicKeyInfo in DER; empty if libcrypto fails.
    package var subjectPublicKeyInfo: [UInt8] {
        var output: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(key, &output)
        guard count > 0, let start = output else { return [] }
        defer { CRYPTO_free(start, #file, #line) }
        return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }

    /// An RS256 signature (RSASSA-PKCS1-v1_5 with SHA-256, RFC 7518 section 3.3).
    package func signRS256(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw CryptoError("libcrypto has no memory") }
        defer { EVP_MD_CTX_free(context) }
        var count = modulus.count
        var isComplete = false
        let signature = [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
            isComplete =
                EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1
                && EVP_DigestSign(context, output.baseAddress, &count, message, message.count) == 1
            initialized = isComplete ? count : 0
        }
        guard isComplete else {
            ERR_clear_error()
            throw CryptoError("the message cannot be signed")
        }
        return signature
    }
}
