import COpenSSL

extension PublicKey {
    /// Makes an RSA key from its modulus and exponent, big-endian without leading zeros (RFC 7518 section 6.3.1).
    package static func rsa(modulus: [UInt8], exponent: [UInt8]) throws(KeyRefusal) -> PublicKey {
        let numbers = DER.sequence(.integer(modulus), .integer(exponent))
        let spki = DER.sequence(.sequence(.rsaEncryption, .null), .bitString(numbers.bytes))
        return try key(spki, KeyRefusal(.numbers, "the RSA numbers make no key"))
    }

    /// Makes a key on a NIST curve from its coordinates, each with exactly the length of the field (RFC 7518 section 6.2.1).
    package static func ec(curve: Curve, x: [UInt8], y: [UInt8]) throws(KeyRefusal) -> PublicKey {
        guard x.count == curve.coordinateByteCount, y.count == curve.coordinateByteCount else {
            throw KeyRefusal(.point, "a coordinate has the wrong length for the curve")
        }
        let point = [0x04] + x + y  // the uncompressed form of SEC 1 section 2.3.3
        let spki = DER.sequence(.sequence(.ecPublicKey, .curve(curve)), .bitString(point))
        return try key(spki, KeyRefusal(.point, "the point is not on the curve"))
    }

    /// Makes an Ed25519 key from its 32 bytes (RFC 8037 section 2).
    package static func ed25519(_ bytes: [UInt8]) throws(KeyRefusal) -> PublicKey {
        let refusal = KeyRefusal(.malformed, "an Ed25519 key has 32 bytes")
        guard bytes.count == Ed25519Point.byteCount else { throw refusal }
        return try key(.sequence(.sequence(.ed25519), .bitString(bytes)), refusal)
    }

    private static func key(_ spki: DER, _ refusal: KeyRefusal) throws(KeyRefusal) -> PublicKey {
        guard let encoded = Encoded(der: spki.bytes, form: .subjectPublicKeyInfo) else { throw refusal }
        return try encoded.makeKey()
    }
}
