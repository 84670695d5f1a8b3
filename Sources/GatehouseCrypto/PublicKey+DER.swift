import COpenSSL

extension PublicKey {
    /// The structure that a DER text contains.
    package enum DERForm: Sendable {
        /// The structure SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), with the PEM label `PUBLIC KEY`.
        case subjectPublicKeyInfo
        /// The structure RSAPublicKey (RFC 8017 appendix A.1.1), with the PEM label `RSA PUBLIC KEY`.
        case rsaPublicKey
    }

    /// Returns the public half of an `EVP_PKEY` as SubjectPublicKeyInfo in DER; empty if libcrypto fails.
    static func subjectPublicKeyInfo(of key: OpaquePointer) -> [UInt8] {
        var output: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(key, &output)
        guard count > 0, let start = output else {
            ERR_clear_error()
            return []
        }
        defer { CRYPTO_free(start, #file, #line) }
        return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }

    /// Key material that was read but not yet checked.
    package final class Encoded {
        private let key: OpaquePointer

        /// Reads DER; `nil` if the bytes are not exactly one public key.
        package init?(der: [UInt8], form: DERForm) {
            let key: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return nil }
                var cursor: UnsafePointer<UInt8>? = start
                let key =
                    switch form {
                    case .subjectPublicKeyInfo: d2i_PUBKEY(nil, &cursor, buffer.count)
                    case .rsaPublicKey: d2i_PublicKey(EVP_PKEY_RSA, nil, &cursor, buffer.count)
                    }
                guard let key else { return nil }
                guard cursor == start + buffer.count else {  // more bytes follow the key
                    EVP_PKEY_free(key)
                    return nil
                }
                return key
            }
            ERR_clear_error()
            guard let key else { return nil }
            self.key = key
        }

        deinit { EVP_PKEY_free(key) }

        /// Makes the key. Throws if Gatehouse does not verify with keys of its kind and strength.
        package func makeKey() throws(KeyRefusal) -> PublicKey {
            try withExtendedLifetime(self) { () throws(KeyRefusal) in
                try PublicKey(key, kind: try PublicKey.kind(of: key))
            }
        }
    }
}
