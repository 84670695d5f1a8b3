import GatehouseCrypto

extension KeySet {
    /// The largest number of bytes of a set: 256 KiB.
    public static let maximumByteCount = 262_144
    /// The largest number of keys in a set.
    public static let maximumKeyCount = 100

    /// Reads a JWK Set (RFC 7517 section 5).
    ///
    /// A set without a usable key is not an error. The property ``refused`` has the reasons.
    public init(jwks bytes: [UInt8]) throws(KeySetError) {
        guard let elements = try Self.root(of: bytes).member("keys"), elements.kind == .array else {
            throw KeySetError(.malformed, "the key set is not a JSON object with an array \"keys\"")
        }
        let nodes = Array(elements.elements)
        guard nodes.count <= Self.maximumKeyCount else {
            throw KeySetError(.tooManyKeys, "the key set has more than \(Self.maximumKeyCount) keys")
        }
        self.init(nodes)
    }

    /// Reads one JWK (RFC 7517 section 4), such as a key in a configuration. The set has no other key.
    ///
    /// If the key cannot be used, the set has no usable key, and ``refused`` has the reason.
    public init(jwk bytes: [UInt8]) throws(KeySetError) {
        let root = try Self.root(of: bytes)
        guard root.kind == .object else { throw KeySetError(.malformed, "the key is not a JSON object") }
        self.init([root])
    }

    /// Reads one JWK from a text (RFC 7517 section 4).
    public init(jwk text: String) throws(KeySetError) {
        try self.init(jwk: Array(text.utf8))
    }

    private init(_ nodes: [JSONNode]) {
        var keys: [Key] = []
        var refused: [Refusal] = []
        for (index, node) in nodes.enumerated() {
            do throws(KeyRefusal) {
                keys.append(try Key(jwk: node))
            } catch {
                refused.append(Refusal(index: index, id: node.member("kid")?.keyID, error))
            }
        }
        self.init(keys: keys, refused: refused, comparesIDs: true)
    }

    private static func root(of bytes: [UInt8]) throws(KeySetError) -> JSONNode {
        guard bytes.count <= maximumByteCount else {
            throw KeySetError(.tooLarge, "the key set is longer than \(maximumByteCount) bytes")
        }
        do throws(JSONError) {
            return try JSONDocument(parsing: bytes).root
        } catch {
            throw KeySetError(.malformed, "the key set is not strict JSON: \(error)")
        }
    }

    /// Reads a JWK Set from a text (RFC 7517 section 5).
    public init(jwks text: String) throws(KeySetError) {
        try self.init(jwks: Array(text.utf8))
    }
}
