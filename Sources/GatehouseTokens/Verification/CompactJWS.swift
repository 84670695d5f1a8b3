import GatehouseCrypto

/// A token in the compact serialization (RFC 7515 section 7.1) whose shape and header were checked, and nothing else.
package struct CompactJWS {
    /// The most bytes that a token may have: 16 KiB.
    package static let maximumByteCount = 16_384

    /// The header.
    package let header: JSONNode
    /// What the token carries. Not to be looked at before the signature holds.
    package let payload: [UInt8]
    /// The header's `kid`: a string of 1 to 256 bytes.
    package let keyID: JSONNode?
    private let signature: [UInt8]
    /// How many bytes at the token's start were signed.
    private let signedByteCount: Int

    /// Reads a token: length, three parts, base64url, header, no critical or embedded extension.
    package init(_ token: UnsafeBufferPointer<UInt8>) throws(TokenError) {
        guard token.count <= Self.maximumByteCount else {
            throw TokenError(.invalid, "the token is longer than 16 KiB")
        }
        let dot = UInt8(ascii: ".")
        guard let first = token.firstIndex(of: dot, from: 0), let second = token.firstIndex(of: dot, from: first + 1),
            token.firstIndex(of: dot, from: second + 1) == nil
        else { throw TokenError(.invalid, "the token does not have three parts") }
        guard let header = Base64URL.decode(UnsafeBufferPointer(rebasing: token[..<first])),
            let payload = Base64URL.decode(UnsafeBufferPointer(rebasing: token[(first + 1)..<second])),
            let signature = Base64URL.decode(UnsafeBufferPointer(rebasing: token[(second + 1)...]))
        else { throw TokenError(.invalid, "a part of the token is not base64url") }
        self.header = try Self.header(header)
        self.payload = payload
        self.signature = signature
        signedByteCount = second
        keyID = self.header.member("kid")
        if let keyID, !keyID.isKeyID {
            throw TokenError(.invalid, "the header's \"kid\" is not a string of 1 to 256 bytes")
        }
    }

    private static func header(_ bytes: [UInt8]) throws(TokenError) -> JSONNode {
        guard let header = try? JSONDocument(parsing: bytes).root, header.kind == .object else {
            throw TokenError(.invalid, "the header is not a JSON object with unique members")
        }
        // No extension is understood here, and whoever marks one as critical wants the token refused (RFC 7515
        // section 4.1.11); an unencoded payload changes what is signed (RFC 7797 section 6).
        guard header.member("crit") == nil, header.member("b64") == nil else {
            throw TokenError(.invalid, "the header asks for an extension")
        }
        return header
    }

    /// The header's algorithm, if it is one of these.
    package func algorithm(among accepted: Set<SignatureAlgorithm>) throws(TokenError) -> SignatureAlgorithm {
        guard let node = header.member("alg"), let algorithm = SignatureAlgorithm(name: node),
            accepted.contains(algorithm)
        else { throw TokenError(.invalidAlgorithm, "the token's algorithm is not one of those accepted") }
        return algorithm
    }

    /// Checks the signature with the one key of the set that may have made it.
    ///
    /// - Parameter token: the bytes that the token was read from.
    package func verifySignature(
        of token: UnsafeBufferPointer<UInt8>,
        _ algorithm: SignatureAlgorithm,
        with keys: KeySet
    ) throws(TokenError) {
        guard let key = keys.key(for: keyID) else {
            guard let keyID else {
                throw TokenError(.keyMismatch, "the token names no key, and the set has not exactly one")
            }
            guard keys.comparesIDs else { throw TokenError(.keyMismatch, "the key cannot be used to verify") }
            throw TokenError(.keyMismatch, "not exactly one usable key has the token's key id", quoting: keyID.string)
        }
        guard key.algorithms.contains(algorithm) else {
            throw TokenError(.invalidAlgorithm, "the token's algorithm is not the key's")
        }
        let signed = UnsafeBufferPointer(rebasing: token.prefix(signedByteCount))
        guard key.publicKey.verifies(algorithm.scheme, signature: signature, of: signed) else {
            throw TokenError(.invalidSignature, "the signature does not hold")
        }
    }
}
