/// A value in DER (X.690), of the few kinds that public keys and signatures have.
struct DER {
    let bytes: [UInt8]

    private init(tag: UInt8, _ content: [UInt8]) {
        let count = content.count
        let length: [UInt8] =
            switch count {
            case ..<0x80: [UInt8(truncatingIfNeeded: count)]
            case ..<0x100: [0x81, UInt8(truncatingIfNeeded: count)]
            case ..<0x1_0000: [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
            default:
                [
                    0x83, UInt8(truncatingIfNeeded: count >> 16), UInt8(truncatingIfNeeded: count >> 8),
                    UInt8(truncatingIfNeeded: count),
                ]
            }
        bytes = [tag] + length + content
    }

    static func sequence(_ values: DER...) -> DER { DER(tag: 0x30, values.flatMap(\.bytes)) }
    static func bitString(_ content: [UInt8]) -> DER { DER(tag: 0x03, [0] + content) }
    static let null = DER(tag: 0x05, [])

    /// Returns a non-negative integer, made from big-endian bytes without leading zeros.
    static func integer(_ magnitude: [UInt8]) -> DER {
        let needsZero = magnitude.first.map { $0 >= 0x80 } ?? true  // else negative or empty
        return DER(tag: 0x02, (needsZero ? [0] : []) + magnitude)
    }

    /// The object identifier 1.2.840.113549.1.1.1 (RFC 8017 appendix A.1).
    static let rsaEncryption = DER(tag: 0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01])
    /// The object identifier 1.2.840.10045.2.1 (RFC 5480 section 2.1.1).
    static let ecPublicKey = DER(tag: 0x06, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01])

    /// The object identifier 1.3.101.112 (RFC 8410 section 3).
    static let ed25519 = DER(tag: 0x06, [0x2B, 0x65, 0x70])

    /// Returns the object identifier of a curve (RFC 5480 section 2.1.1.1).
    static func curve(_ curve: Curve) -> DER {
        switch curve {
        case .p256: DER(tag: 0x06, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07])
        case .p384: DER(tag: 0x06, [0x2B, 0x81, 0x04, 0x00, 0x22])
        case .p521: DER(tag: 0x06, [0x2B, 0x81, 0x04, 0x00, 0x23])
        }
    }

    /// Returns an ECDSA signature (RFC 3279 section 2.2.3) from `r` and `s`, one after the other at the same length.
    static func signature(_ raw: UnsafeBufferPointer<UInt8>) -> DER {
        let (r, s) = (raw.prefix(raw.count / 2), raw.suffix(raw.count / 2))
        return sequence(.integer(Array(r.drop { $0 == 0 })), .integer(Array(s.drop { $0 == 0 })))
    }
}
