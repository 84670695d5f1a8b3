/// A signature algorithm for tokens: public keys only, so neither HMAC nor `none` has a name here.
public enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3), as the next two with their digests.
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    /// RSASSA-PSS with SHA-256 (RFC 7518 section 3.5), as the next two with their digests.
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    /// ECDSA on P-256 with SHA-256 (RFC 7518 section 3.4), as the next two with their curves and digests.
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    /// Ed25519 (RFC 8037 section 3.1).
    case edDSA = "EdDSA"

    /// The algorithms that a verifier can check today; a token under any other is refused, configured or not.
    public static let verifiable: Set<SignatureAlgorithm> = [.rs256]

    /// The algorithm with exactly this name, by bytes.
    init?(name node: JSONNode) {
        // RS256 first: it is what nearly every token says.
        if node.isString("RS256") {
            self = .rs256
            return
        }
        guard let name = node.string,
            let algorithm = Self.allCases.first(where: { $0.rawValue.hasSameBytes(as: name) })
        else { return nil }
        self = algorithm
    }
}
