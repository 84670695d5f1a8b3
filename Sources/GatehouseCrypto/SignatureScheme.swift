/// A scheme by which signatures are made and verified. Each scheme belongs to one kind of key.
package enum SignatureScheme: Sendable, Hashable {
    /// The scheme RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2).
    case pkcs1(Digest)
    /// The scheme RSASSA-PSS with a salt as long as the digest, and MGF1 with the same digest (RFC 7518 section 3.5).
    case pss(Digest)
    /// The scheme ECDSA with the digest of the curve, and `r` and `s` at full length one after the other (RFC 7518 section 3.4).
    case ecdsa(Curve)
    /// The scheme Ed25519 (RFC 8032 section 5.1).
    case ed25519

    /// The hash function for the message; `nil` if the scheme takes the message itself.
    var digest: Digest? {
        switch self {
        case .pkcs1(let digest), .pss(let digest): digest
        case .ecdsa(let curve): curve.digest
        case .ed25519: nil
        }
    }
}

extension PublicKey.Kind {
    /// The schemes for a key of this kind, the most common scheme first.
    package var schemes: [SignatureScheme] {
        switch self {
        case .rsa: Digest.allCases.map { .pkcs1($0) } + Digest.allCases.map { .pss($0) }
        case .ec(let curve): [.ecdsa(curve)]
        case .ed25519: [.ed25519]
        }
    }

    /// The number of bytes of every signature by such a key.
    package var signatureByteCount: Int {
        switch self {
        case .rsa(let bits): (bits + 7) / 8
        case .ec(let curve): 2 * curve.coordinateByteCount
        case .ed25519: 64
        }
    }
}
