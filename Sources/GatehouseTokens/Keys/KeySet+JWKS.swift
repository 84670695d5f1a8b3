import GatehouseCrypto

extension KeySet {
    /// The most bytes that a set may have: 256 KiB.
    public static let maximumByteCount = 262_144
    /// The most keys that a set may have.
    public static let maximumKeyCount = 100

    /// Reads a JWK Set (RFC 7517 section 5).
    ///
    /// A set without a usable key is a set; look at ``refused`` for the reasons.
    public init(jwks bytes: [UInt8]) throws(KeySetError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw KeySetError(.tooLarge, "the key set is longer than \(Self.maximumByteCount) bytes")
        }
        let root: JSONNode
        do {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw KeySetError(.malformed, "the key set is not strict JSON: \(error)")
        }
        guard let elements = root.member("keys"), elements.kind == .array else {
            throw KeySetError(.malformed, "the key set is not a JSON object with an array \"keys\"")
        }
        let nodes = Array(elements.elements)
        guard nodes.count <= Self.maximumKeyCount else {
            throw KeySetError(.tooManyKeys, "the key set has more than \(Self.maximumKeyCount) keys")
        }
        var keys: [Key] = []
        var refused: [Refusal] = []
        for (index, node) in nodes.enumerated() {
            do throws(KeyRefusal) {
                keys.append(try Key(jwk: node))
            } catch {
                refused.append(Refusal(index: index, reason: error.description))
            }
        }
        self.init(keys: keys, refused: refused, comparesIDs: true)
    }

    /// As the other, for text.
    public init(jwks text: String) throws(KeySetError) {
        try self.init(jwks: Array(text.utf8))
    }
}
