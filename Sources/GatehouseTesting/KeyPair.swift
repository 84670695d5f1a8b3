public import GatehouseBase
import GatehouseCrypto
public import GatehouseTokens

/// A new key pair for tests, for any algorithm. The private key never leaves the value.
public struct KeyPair: Sendable {
    /// The key identifier `kid`.
    public var id: String
    /// The algorithm of signatures and of the JWK. The algorithm may be set to another of the same kind of key, such as from RS256 to
    /// PS256. Signing fails with an algorithm of another kind.
    public var algorithm: SignatureAlgorithm
    private let key: PrivateKey

    /// Makes a key pair. RSA with 2048 bits takes about a tenth of a second.
    ///
    /// - Parameters:
    ///   - id: The key identifier `kid`.
    ///   - algorithm: The algorithm that signs.
    ///   - bits: The length of an RSA modulus, which has no effect on other kinds of key.
    /// - Throws: An error if the machine has no randomness or no memory.
    public init(id: String = "test-key", algorithm: SignatureAlgorithm = .rs256, bits: Int = 2_048) throws {
        self.id = id
        self.algorithm = algorithm
        key = try PrivateKey(algorithm.scheme.kind(bits: bits))
    }

    /// Returns a signature of these bytes, in the form that tokens have.
    public func signature(of message: [UInt8]) throws -> [UInt8] {
        try key.sign(message, algorithm.scheme)
    }

    /// The public key as a JWK (RFC 7517) for signatures under its algorithm.
    public var jwk: JSONValue {
        let type: [JSONMember] =
            switch key.kind {
            case .rsa: [JSONMember("kty", "RSA")]
            case .ec(let curve): [JSONMember("kty", "EC"), JSONMember("crv", .string(curve.jwkName))]
            case .ed25519: [JSONMember("kty", "OKP"), JSONMember("crv", "Ed25519")]
            }
        let use = [
            JSONMember("use", "sig"), JSONMember("alg", .string(algorithm.rawValue)), JSONMember("kid", .string(id)),
        ]
        return .object(type + use + key.publicNumbers.map { JSONMember($0.name, .string(Base64URL.encode($0.bytes))) })
    }

    /// Returns a JWK Set with these keys, as a server publishes it.
    public static func jwks(_ keyPairs: [KeyPair]) -> JSONValue {
        ["keys": .array(keyPairs.map(\.jwk))]
    }

    /// The JWK Set with this key alone.
    public var jwks: JSONValue { Self.jwks([self]) }

    /// The key set with only this key, for a verifier.
    public var keySet: KeySet {
        get throws(KeySetError) { try KeySet(jwks: jwks.utf8) }
    }

    /// The public key in PEM (RFC 7468).
    public var pem: String {
        let text = Base64URL.encode(key.subjectPublicKeyInfo).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padded = text + Array(repeating: "=", count: (4 - text.count % 4) % 4)
        let lines = stride(from: 0, to: padded.count, by: 64).map { String(padded[$0..<min($0 + 64, padded.count)]) }
        return "-----BEGIN PUBLIC KEY-----\n" + lines.joined(separator: "\n") + "\n-----END PUBLIC KEY-----\n"
    }
}

extension SignatureScheme {
    /// Returns the kind of key for the scheme.
    fileprivate func kind(bits: Int) -> PublicKey.Kind {
        switch self {
        case .pkcs1, .pss: .rsa(bits: bits)
        case .ecdsa(let curve): .ec(curve)
        case .ed25519: .ed25519
        }
    }
}
