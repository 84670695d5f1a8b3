import COpenSSL

extension PublicKey {
    /// The bytes of an Ed25519 public key.
    package static let ed25519ByteCount = 32

    /// An RSA key from its modulus and exponent, big-endian without leading zeros (RFC 7518 section 6.3.1).
    package static func rsa(modulus: [UInt8], exponent: [UInt8]) throws(KeyRefusal) -> PublicKey {
        let numbers = DER.sequence(.integer(modulus), .integer(exponent))
        return try key(.sequence(.sequence(.rsaEncryption, .null), .bitString(numbers.bytes)))
    }

    /// A key on a NIST curve from its coordinates, each of exactly the field's length (RFC 7518 section 6.2.1).
    package static func ec(curve: Curve, x: [UInt8], y: [UInt8]) throws(KeyRefusal) -> PublicKey {
        guard x.count == curve.coordinateByteCount, y.count == curve.coordinateByteCount else {
            throw KeyRefusal("a coordinate has the wrong length for the curve")
        }
        let point = [0x04] + x + y  // uncompressed, SEC 1 section 2.3.3
        return try key(.sequence(.sequence(.ecPublicKey, .curve(curve)), .bitString(point)))
    }

    private static func key(_ subjectPublicKeyInfo: DER) throws(KeyRefusal) -> PublicKey {
        guard let encoded = Encoded(der: subjectPublicKeyInfo.bytes, form: .subjectPublicKeyInfo) else {
            throw KeyRefusal("the numbers make no key, or the point is not on the curve")
        }
        return try encoded.makeKey()
    }

    /// An Ed25519 key from its 32 bytes (RFC 8037 section 2).
    package static func ed25519(_ bytes: [UInt8]) throws(KeyRefusal) -> PublicKey {
        guard bytes.count == ed25519ByteCount,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        else {
            ERR_clear_error()
            throw KeyRefusal("an Ed25519 key has 32 bytes")
        }
        return try PublicKey(owning: key, kind: .ed25519)
    }

    /// The bits of the modulus, of a key that is neither weak nor costly (RFC 7518 section 3.3, NIST SP 800-56B).
    static func requireStrength(modulus: BigNumber, exponent: BigNumber) throws(KeyRefusal) -> Int {
        guard (2_048...8_192).contains(modulus.bitCount) else {
            throw KeyRefusal("the RSA modulus has \(modulus.bitCount) bits; from 2048 to 8192 are accepted")
        }
        guard modulus.isOdd else { throw KeyRefusal("the RSA modulus is even") }
        guard exponent.bitCount <= 32, exponent.isOdd, exponent.word >= 65_537 else {
            throw KeyRefusal("the RSA exponent must be odd and from 65537 to 2^32 - 1")
        }
        return modulus.bitCount
    }

    /// Whether the point of an EC key is on its curve, of its order, and not at infinity.
    static func isValidPoint(_ key: OpaquePointer) -> Bool {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_public_check(context) == 1 else {
            ERR_clear_error()
            return false
        }
        return true
    }
}

extension PublicKey {
    /// The curves of RFC 7518 section 6.2.1.1.
    package enum Curve: Sendable, Hashable {
        case p256
        case p384
        case p521

        /// The curve that libcrypto calls so.
        init?(group name: String) {
            switch name {
            case "prime256v1": self = .p256
            case "secp384r1": self = .p384
            case "secp521r1": self = .p521
            default: return nil
            }
        }

        var coordinateByteCount: Int {
            switch self {
            case .p256: 32
            case .p384: 48
            case .p521: 66
            }
        }

        var kind: Kind {
            switch self {
            case .p256: .p256
            case .p384: .p384
            case .p521: .p521
            }
        }
    }
}
