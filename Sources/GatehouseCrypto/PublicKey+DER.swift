import COpenSSL

extension PublicKey {
    /// What a DER text holds.
    package enum DERForm: Sendable {
        /// SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), the PEM label `PUBLIC KEY`.
        case subjectPublicKeyInfo
        /// RSAPublicKey (RFC 8017 appendix A.1.1), the PEM label `RSA PUBLIC KEY`.
        case rsaPublicKey
    }

    /// Key material that was read but not yet judged.
    package final class Encoded {
        private let key: OpaquePointer

        /// Reads DER; nil where that is not one whole public key.
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
                guard cursor == start + buffer.count else {  // something follows the key
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

        /// The key, if it is of a kind and strength that Gatehouse verifies with.
        package func makeKey() throws(KeyRefusal) -> PublicKey {
            let kind = try kind()
            guard EVP_PKEY_up_ref(key) == 1 else { throw KeyRefusal("libcrypto cannot share the key") }
            return try PublicKey(owning: key, kind: kind)
        }

        private func kind() throws(KeyRefusal) -> Kind {
            switch EVP_PKEY_get_base_id(key) {
            case EVP_PKEY_RSA:
                guard let n = BigNumber(parameter: OSSL_PKEY_PARAM_RSA_N, of: key),
                    let e = BigNumber(parameter: OSSL_PKEY_PARAM_RSA_E, of: key)
                else { throw KeyRefusal("the RSA key lacks a number") }
                return .rsa(bits: try requireStrength(modulus: n, exponent: e))
            case EVP_PKEY_EC:
                guard let curve = curve() else { throw KeyRefusal("the curve is none of P-256, P-384, P-521") }
                guard isValidPoint(key) else { throw KeyRefusal("the point is not on the curve") }
                return curve.kind
            case EVP_PKEY_ED25519:
                return .ed25519
            default:
                throw KeyRefusal("the key is neither RSA nor EC nor Ed25519")
            }
        }

        private func curve() -> Curve? {
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { name in
                guard EVP_PKEY_get_group_name(key, name.baseAddress, name.count, nil) == 1, let start = name.baseAddress
                else {
                    ERR_clear_error()
                    return nil
                }
                return Curve(group: String(cString: start))
            }
        }
    }
}
