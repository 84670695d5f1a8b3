package import GatehouseCrypto

extension KeySet.Key {
    /// The members that only a private or a symmetric key has (RFC 7518 sections 6.2.2, 6.3.2, 6.4.1).
    private static let secretMembers: [StaticString] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]

    /// Reads one JWK (RFC 7517 section 4). The members about the use of the key are binding.
    init(jwk: JSONNode) throws(KeyRefusal) {
        guard jwk.kind == .object else { throw KeyRefusal(.malformed, "a key must be a JSON object") }
        for member in Self.secretMembers where jwk.member(member) != nil {
            throw KeyRefusal(.secret, "private or symmetric key material (\"\(member)\") has no place in a public set")
        }
        try Self.requireSignatureUse(jwk)
        let publicKey = try Self.publicKey(jwk)
        let algorithm = try Self.algorithm(jwk)
        if let algorithm, !publicKey.kind.algorithms.contains(algorithm) {
            throw KeyRefusal(.purpose, "\"alg\" \(algorithm.rawValue) is not for this kind of key")
        }
        self.init(id: try Self.id(jwk), algorithm: algorithm, publicKey: publicKey)
    }

    private static func id(_ jwk: JSONNode) throws(KeyRefusal) -> String? {
        guard let node = jwk.member("kid") else { return nil }
        guard let id = node.keyID else { throw KeyRefusal(.malformed, "\"kid\" must be a string of 1 to 256 bytes") }
        return id
    }

    private static func algorithm(_ jwk: JSONNode) throws(KeyRefusal) -> SignatureAlgorithm? {
        guard let node = jwk.member("alg") else { return nil }
        guard let algorithm = SignatureAlgorithm(name: node) else {
            throw KeyRefusal(.purpose, "\"alg\" names no signature algorithm that is known here")
        }
        return algorithm
    }

    /// Throws unless `use` and `key_ops` (RFC 7517 sections 4.2 and 4.3) allow verifying. An absent member allows it.
    private static func requireSignatureUse(_ jwk: JSONNode) throws(KeyRefusal) {
        if let use = jwk.member("use"), !use.isString("sig") { throw KeyRefusal(.purpose, "\"use\" is not \"sig\"") }
        guard let operations = jwk.member("key_ops") else { return }
        let names = operations.elements.map { $0.string.map(ByteText.init) }
        guard operations.kind == .array, names.contains(ByteText("verify")) else {
            throw KeyRefusal(.purpose, "\"key_ops\" is no list with \"verify\"")
        }
        guard !names.contains(nil), Set(names).count == names.count else {
            throw KeyRefusal(.purpose, "\"key_ops\" must be unique strings")
        }
    }

    private static func publicKey(_ jwk: JSONNode) throws(KeyRefusal) -> PublicKey {
        guard let type = jwk.member("kty") else { throw KeyRefusal(.malformed, "\"kty\" is missing") }
        if type.isString("RSA") {
            return try .rsa(modulus: number("n", of: jwk), exponent: number("e", of: jwk))
        }
        if type.isString("EC") {
            guard let curve = curve(jwk) else {
                throw KeyRefusal(.unsupported, "\"crv\" is none of P-256, P-384, P-521")
            }
            return try .ec(curve: curve, x: bytes("x", of: jwk), y: bytes("y", of: jwk))
        }
        if type.isString("OKP") {
            guard jwk.member("crv")?.isString("Ed25519") == true else {
                throw KeyRefusal(.unsupported, "\"crv\" is not Ed25519")
            }
            return try .ed25519(bytes("x", of: jwk))
        }
        throw KeyRefusal(.unsupported, "\"kty\" is none of RSA, EC, OKP")
    }

    private static func curve(_ jwk: JSONNode) -> Curve? {
        guard let name = jwk.member("crv") else { return nil }
        return Curve.allCases.first { name.isString($0.jwkName) }
    }

    private static func bytes(_ name: StaticString, of jwk: JSONNode) throws(KeyRefusal) -> [UInt8] {
        guard let node = jwk.member(name), node.kind == .string, let bytes = node.content({ Base64URL.decode($0) })
        else {
            throw KeyRefusal(.malformed, "\"\(name)\" is missing or not base64url")
        }
        return bytes
    }

    /// Returns a Base64urlUInt (RFC 7518 section 2) without the zero octets that some servers put in front. The number is equal, and every
    /// check reads the number without these octets.
    private static func number(_ name: StaticString, of jwk: JSONNode) throws(KeyRefusal) -> [UInt8] {
        let bytes = try bytes(name, of: jwk).drop { $0 == 0 }
        guard !bytes.isEmpty else { throw KeyRefusal(.malformed, "\"\(name)\" is empty or zero") }
        return Array(bytes)
    }
}

extension Curve {
    /// The curve's name in `crv` (RFC 7518 section 6.2.1.1).
    package var jwkName: String {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        }
    }
}

extension JSONNode {
    /// The key identifier, a string of 1 to 256 bytes; `nil` for any other value.
    var keyID: String? {
        isKeyID ? string : nil
    }

    /// True if the node is a string of 1 to 256 bytes.
    var isKeyID: Bool {
        kind == .string && (1...256).contains(contentByteCount)
    }
}
