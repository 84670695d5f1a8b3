package import GatehouseCrypto

/// A signature algorithm for tokens. All of them use public keys: HMAC and `none` have no case.
///
/// The names of RFC 9864, such as `Ed25519` for the algorithm `EdDSA`, are unknown here, since each algorithm has one name.
public enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// The algorithm RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3). The next two cases use the digests in their names.
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    /// The algorithm RSASSA-PSS with SHA-256 (RFC 7518 section 3.5). The next two cases use the digests in their names.
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    /// The algorithm ECDSA on P-256 with SHA-256 (RFC 7518 section 3.4). The next two cases have their own curves and digests.
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    /// The algorithm Ed25519 (RFC 8037 section 3.1).
    case edDSA = "EdDSA"

    /// Makes the algorithm with exactly this name, by bytes; `nil` for another name.
    init?(name node: JSONNode) {
        guard node.kind == .string, let word = node.content(Self.word),
            let found = Self.words.first(where: { $0.word == word })
        else { return nil }
        self = found.algorithm
    }

    /// All names as words, since comparing one text after another took longer than reading the header.
    private static let words = allCases.compactMap { algorithm in
        algorithm.rawValue.withUTF8Bytes(word).map { (word: $0, algorithm: algorithm) }
    }

    /// Returns the bytes of a name and their number as one word; `nil` for a name of more than seven bytes.
    private static func word(of name: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard name.count < 8 else { return nil }
        return name.reduce(UInt64(truncatingIfNeeded: name.count)) { $0 << 8 | UInt64($1) }
    }

    /// The scheme of the algorithm's signatures.
    package var scheme: SignatureScheme {
        switch self {
        case .rs256: .pkcs1(.sha256)
        case .rs384: .pkcs1(.sha384)
        case .rs512: .pkcs1(.sha512)
        case .ps256: .pss(.sha256)
        case .ps384: .pss(.sha384)
        case .ps512: .pss(.sha512)
        case .es256: .ecdsa(.p256)
        case .es384: .ecdsa(.p384)
        case .es512: .ecdsa(.p521)
        case .edDSA: .ed25519
        }
    }
}
