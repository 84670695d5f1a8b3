import COpenSSL

extension PublicKey {
    /// Returns the kind of an `EVP_PKEY`. Throws if Gatehouse does not verify with such keys, or if the key is weak, costly or invalid.
    static func kind(of key: OpaquePointer) throws(KeyRefusal) -> Kind {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA:
            guard let n = BigNumber(parameter: OSSL_PKEY_PARAM_RSA_N, of: key),
                let e = BigNumber(parameter: OSSL_PKEY_PARAM_RSA_E, of: key)
            else { throw KeyRefusal(.malformed, "the RSA key lacks a number") }
            return .rsa(bits: try requireStrength(modulus: n, exponent: e))
        case EVP_PKEY_EC:
            guard let curve = curve(of: key) else {
                throw KeyRefusal(.unsupported, "the curve is none of P-256, P-384, P-521")
            }
            guard isValidPoint(key) else { throw KeyRefusal(.point, "the point is not on the curve") }
            return .ec(curve)
        case EVP_PKEY_ED25519:
            guard let point = Ed25519Point(of: key) else { throw KeyRefusal(.malformed, "the Ed25519 key is empty") }
            if let fault = point.fault { throw KeyRefusal(.point, fault) }
            return .ed25519
        default:
            throw KeyRefusal(.unsupported, "the key is neither RSA nor EC nor Ed25519")
        }
    }

    /// Returns the number of bits of the modulus. Throws if the key is weak or costly (RFC 7518 section 3.3, NIST SP 800-56B).
    private static func requireStrength(modulus: BigNumber, exponent: BigNumber) throws(KeyRefusal) -> Int {
        guard (2_048...8_192).contains(modulus.bitCount) else {
            throw KeyRefusal(
                .numbers,
                "the RSA modulus has \(modulus.bitCount) bits; from 2048 to 8192 are accepted"
            )
        }
        guard modulus.isOdd else { throw KeyRefusal(.numbers, "the RSA modulus is even") }
        guard exponent.bitCount <= 32, exponent.isOdd, exponent.word >= 65_537 else {
            throw KeyRefusal(.numbers, "the RSA exponent must be odd and from 65537 to 2^32 - 1")
        }
        return modulus.bitCount
    }

    /// Returns true if the point of an EC key is on its curve, has the order of the curve, and is not at infinity.
    private static func isValidPoint(_ key: OpaquePointer) -> Bool {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_public_check(context) == 1 else {
            ERR_clear_error()
            return false
        }
        return true
    }

    private static func curve(of key: OpaquePointer) -> Curve? {
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
