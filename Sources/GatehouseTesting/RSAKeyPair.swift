public import GatehouseBase
import GatehouseCrypto
public import GatehouseTokens

/// A fresh RSA key pair for tests. The private half never leaves it.
public struct RSAKeyPair: Sendable {
    /// The key identifier `kid`.
    public let id: String
    private let key: RSAPrivateKey

    /// Makes a key pair; 2048 bits take a tenth of a second or so.
    ///
    /// - Throws: an error where the machine has no randomness or no memory.
    public init(id: String = "test-key", bits: Int = 2_048) throws {
        self.id = id
        key = try RSAPrivateKey(bits: bits)
    }

    /// The public key as a JWK (RFC 7517) for RS256 signatures.
    public var jwk: JSONValue {
        [
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": .string(id),
            "n": .string(Base64URL.encode(key.modulus)), "e": .string(Base64URL.encode(key.exponent)),
        ]
    }

    /// A JWK Set with these keys, as a server would publish it.
    public static func jwks(_ keyPairs: [RSAKeyPair]) -> JSONValue {
        ["keys": .array(keyPairs.map(\.jwk))]
    }

    /// The JWK Set with this key alone.
    public var jwks: JSONValue { Self.jwks([self]) }

    /// The key set with this key alone, to verify with.
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

    /// An RS256 signature of these bytes.
    public func signature(of message: [UInt8]) throws -> [UInt8] {
        try key.signRS256(message)
    }
}
