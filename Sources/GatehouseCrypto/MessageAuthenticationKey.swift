import COpenSSL

/// A key of HMAC with SHA-256 (RFC 2104, FIPS 180-4), made ready once: each message begins with a copy of libcrypto's keyed state.
///
/// `@unchecked Sendable`: the context is never changed after it was made. It is only duplicated, through a pointer to a constant.
package final class MessageAuthenticationKey: @unchecked Sendable {
    private let keyed: OpaquePointer  // EVP_MAC_CTX

    /// Makes a key ready; `nil` if libcrypto fails.
    package init?(_ key: [UInt8]) {
        guard let algorithm = EVP_MAC_fetch(nil, "HMAC", nil) else { return nil }
        defer { EVP_MAC_free(algorithm) }
        guard let context = EVP_MAC_CTX_new(algorithm) else { return nil }
        var name = Array("SHA256".utf8CString)
        let isKeyed = name.withUnsafeMutableBufferPointer { name in
            let parameters = [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return EVP_MAC_init(context, key, key.count, parameters) == 1
        }
        keyed = context
        guard isKeyed else {
            ERR_clear_error()
            return nil
        }
    }

    deinit { EVP_MAC_CTX_free(keyed) }

    /// The code of a message in parts, one after another; `nil` if libcrypto fails.
    package func code(of parts: [[UInt8]]) -> MessageAuthenticationCode? {
        guard let context = EVP_MAC_CTX_dup(keyed) else { return nil }
        defer { EVP_MAC_CTX_free(context) }
        var isComplete = parts.allSatisfy { EVP_MAC_update(context, $0, $0.count) == 1 }
        let size = Digest.sha256.byteCount
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
