#if Server
import GatehouseTokens

extension KeySet {
    /// True if there is no usable key.
    var isEmpty: Bool { keys.isEmpty }

    /// Makes a key set from the text of a configuration: a public key in PEM, or a JWK.
    init(jwtKey text: String) throws(KeySetError) {
        let first = text.utf8.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        if first == UInt8(ascii: "{") {
            try self.init(jwk: text)
        } else {
            try self.init(pem: text)
        }
    }

    /// Makes a key set from a file: a JWK Set, or a public key in PEM.
    init(jwksFile path: String) throws {
        let bytes = try ConfigurationFolder.bytes(at: path, maximumByteCount: KeySet.maximumByteCount)
        let first = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        if first == UInt8(ascii: "{") {
            try self.init(jwks: bytes)
        } else {
            try self.init(pem: bytes)
        }
    }
}
#endif
