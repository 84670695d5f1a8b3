/// A curve of RFC 7518 section 6.2.1.1.
package enum Curve: Sendable, Hashable, CaseIterable {
    case p256
    case p384
    case p521

    /// Makes the curve with this name in libcrypto; `nil` for another name.
    init?(group name: String) {
        guard let curve = Self.allCases.first(where: { $0.group == name }) else { return nil }
        self = curve
    }

    /// The curve's name in libcrypto.
    var group: String {
        switch self {
        case .p256: "prime256v1"
        case .p384: "secp384r1"
        case .p521: "secp521r1"
        }
    }

    /// The number of bytes of a coordinate, and of `r` and of `s` in a signature.
    package var coordinateByteCount: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }

    /// The hash function for messages (RFC 7518 section 3.4).
    var digest: Digest {
        switch self {
        case .p256: .sha256
        case .p384: .sha384
        case .p521: .sha512
        }
    }
}
