import COpenSSL

/// A key for HMAC (RFC 2104), which is prepared once: each message begins with a copy of libcrypto's keyed state.
///
/// The type is `@unchecked Sendable`, since the context never changes after `init`. The context is only duplicated, through a pointer to a
/// constant (EVP_MAC(3)).
package final class MessageAuthenticationKey: @unchecked Sendable {
    private let keyed: OpaquePointer  // an EVP_MAC_CTX

    /// Prepares a key; `nil` if libcrypto fails.
    package init?(_ key: [UInt8], _ hash: KeyedHash = .sha256) {
        guard let algorithm = EVP_MAC_fetch(nil, "HMAC", nil) else {
            ERR_clear_error()
            return nil
        }
        defer { EVP_MAC_free(algorithm) }
        guard let context = EVP_MAC_CTX_new(algorithm) else {
            ERR_clear_error()
            return nil
        }
        keyed = context
        var name = Array(hash.rawValue.utf8CString)
        let isKeyed = name.withUnsafeMutableBufferPointer { name in
            let parameters = [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return EVP_MAC_init(context, key, key.count, parameters) == 1
        }
        guard isKeyed else {
            ERR_clear_error()
            return nil
        }
    }

    deinit { EVP_MAC_CTX_free(keyed) }

    /// Returns the HMAC of a message that comes in parts; `nil` if libcrypto fails.
    package func code(of parts: [[UInt8]]) -> MessageAuthenticationCode? {
        guard let context = EVP_MAC_CTX_dup(keyed) else {
            ERR_clear_error()
            return nil
        }
        defer { EVP_MAC_CTX_free(context) }
        var isComplete = parts.allSatisfy { EVP_MAC_update(context, $0, $0.count) == 1 }
        let size = EVP_MAC_CTX_get_mac_size(context)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            isComplete = isComplete && EVP_MAC_final(context, output.baseAddress, &count, size) == 1 && count == size
            if !isComplete { count = 0 }
        }
        guard isComplete else {
            ERR_clear_error()
            return nil
        }
        return MessageAuthenticationCode(bytes: bytes)
    }
}
