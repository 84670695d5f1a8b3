import GatehouseCrypto

/// A token in the compact serialization (RFC 7515 section 7.1). Its form and its header were checked, and nothing else.
///
/// The value has ranges of the token, and not its bytes: the payload of a token that is refused for its header or its key is not decoded.
package struct CompactJWS {
    /// The largest number of bytes of a token: 16 KiB.
    package static let maximumByteCount = 16_384

    /// The header.
    package let header: JSONNode
    /// The header's `alg`; `nil` if the member is missing or the algorithm is unknown.
    private let algorithm: SignatureAlgorithm?
    /// The header's `kid`: a string of 1 to 256 bytes.
    package let keyID: JSONNode?
    /// The ranges of the payload and the signature.
    private let payload: Range<Int>
    private let signature: Range<Int>

    /// Reads a token, and checks the length, three parts, base64url, the header, and that there is no critical or embedded extension.
    package init(_ token: UnsafeBufferPointer<UInt8>) throws(TokenError) {
        guard token.count <= Self.maximumByteCount else {
            throw TokenError(.invalid, "the token is longer than 16 KiB")
        }
        let dot = UInt8(ascii: ".")
        guard let first = token.firstIndex(of: dot, from: 0), let second = token.firstIndex(of: dot, from: first + 1),
            token.firstIndex(of: dot, from: second + 1) == nil
        else { throw TokenError(.invalid, "the token does not have three parts") }
        payload = (first + 1)..<second
        signature = (second + 1)..<token.count
        guard let header = Base64URL.decode(UnsafeBufferPointer(rebasing: token[..<first])),
            Base64URL.isCanonical(UnsafeBufferPointer(rebasing: token[payload])),
            Base64URL.isCanonical(UnsafeBufferPointer(rebasing: token[signature]))
        else { throw Self.notBase64URL }
        self.header = try Self.header(header)
        algorithm = self.header.member("alg").flatMap { SignatureAlgorithm(name: $0) }
        keyID = self.header.member("kid")
        if let keyID, !keyID.isKeyID {
            throw TokenError(.invalid, "the header's \"kid\" is not a string of 1 to 256 bytes")
        }
    }

    private static let otherAlgorithm = TokenError(
        .invalidAlgorithm,
        "the token's algorithm is not one of those accepted"
    )
    private static let notBase64URL = TokenError(.invalid, "a part of the token is not base64url")

    private static func header(_ bytes: [UInt8]) throws(TokenError) -> JSONNode {
        guard let header = try? JSONDocument(parsing: bytes).root, header.kind == .object else {
            throw TokenError(.invalid, "the header is not a JSON object with unique members")
        }
        // Gatehouse understands no extension, and a token with a critical extension has to be refused (RFC 7515 section 4.1.11); an
        // unencoded payload changes the signed bytes (RFC 7797 section 6).
        guard header.member("crit") == nil, header.member("b64") == nil else {
            throw TokenError(.invalid, "the header asks for an extension")
        }
        return header
    }

    /// Checks that the header's algorithm is an accepted algorithm.
    package func requireAlgorithm(among accepted: [SignatureAlgorithm]) throws(TokenError) {
        guard let algorithm, accepted.contains(algorithm) else {
            throw Self.otherAlgorithm
        }
    }

    /// Returns the payload after the signature was verified with the only key of the set that may have made it.
    ///
    /// - Parameter token: The bytes from which this value was read.
    package func payload(
        of token: UnsafeBufferPointer<UInt8>,
        verifiedWith keys: KeySet
    ) throws(TokenError) -> [UInt8] {
        guard let algorithm else { throw Self.otherAlgorithm }
        let key = try keys.key(for: keyID, algorithm)
        let signed = UnsafeBufferPointer(rebasing: token[..<payload.upperBound])
        let holds = Base64URL.withDecoded(UnsafeBufferPointer(rebasing: token[signature])) { signature in
            key.publicKey.verifies(algorithm.scheme, signature: signature, of: signed)
        }
        guard holds == true else {
            throw TokenError(.invalidSignature, "the signature does not hold")
        }
        return try unverifiedPayload(of: token)
    }

    /// Returns the unverified payload.
    package func unverifiedPayload(of token: UnsafeBufferPointer<UInt8>) throws(TokenError) -> [UInt8] {
        guard let bytes = Base64URL.decode(UnsafeBufferPointer(rebasing: token[payload])) else {
            throw Self.notBase64URL  // was checked when the token was read
        }
        return bytes
    }
}
