import COpenSSL

/// An Ed25519 key pair (RFC 8032) for signing, made from its 32 secret bytes.
///
/// The type is `@unchecked Sendable`, since the key never changes after `init`, and each signature has its own context.
package final class Ed25519SigningKey: @unchecked Sendable {
    /// The 32 bytes of the public key.
    package let publicKey: [UInt8]
    /// The `EVP_PKEY` of the key pair.
    private let key: OpaquePointer

    /// Makes a key pair from 32 secret bytes; `nil` for another number of bytes, and if libcrypto fails.
    package init?(seed: [UInt8]) {
        guard seed.count == 32, let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else {
            ERR_clear_error()
            return nil
        }
        var count = 32
        var isComplete = false
        publicKey = [UInt8](unsafeUninitializedCapacity: 32) { output, written in
            isComplete = EVP_PKEY_get_raw_public_key(key, output.baseAddress, &count) == 1 && count == 32
            written = isComplete ? 32 : 0
        }
        self.key = key
        guard isComplete else {
            ERR_clear_error()
            return nil
        }
    }

    deinit { EVP_PKEY_free(key) }

    /// Returns the 64 bytes of a message's signature; `nil` if libcrypto fails.
    package func signature(of message: [UInt8]) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var count = 64
        var isComplete = false
        let signature = [UInt8](unsafeUninitializedCapacity: count) { output, written in
            isComplete =
                EVP_DigestSignInit(context, nil, nil, nil, key) == 1
                && EVP_DigestSign(context, output.baseAddress, &count, message, message.count) == 1
                && count == 64
            written = isComplete ? 64 : 0
        }
        guard isComplete else {
            ERR_clear_error()
            return nil
        }
        return signature
    }

    /// Returns true if the 64 bytes are a signature of the message by the key with these 32 bytes.
    package static func verifies(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
        guard publicKey.count == 32, signature.count == 64,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, publicKey.count),
            let context = EVP_MD_CTX_new()
        else {
            ERR_clear_error()
            return false
        }
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        let holds =
            EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !holds { ERR_clear_error() }
        return holds
    }
}
