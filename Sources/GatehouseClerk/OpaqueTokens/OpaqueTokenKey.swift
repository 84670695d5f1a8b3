import GatehouseBase
import GatehouseCrypto

/// The key under which an opaque token is remembered: the SHA-256 of its kind and its bytes after a random key.
///
/// Nobody can find two tokens with one key, or the token for a key.
struct OpaqueTokenKey: Sendable, Hashable {
    private let digest: SHA256Digest

    /// A maker of keys. No two makers make the same key.
    struct Maker: Sendable {
        private let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max) }

        /// Returns the key of a token; `nil` if libcrypto fails.
        func key(of token: String, _ kind: ClerkTokenKind) -> OpaqueTokenKey? {
            // Two different pairs differ in these bytes, since the secret has a fixed length, and no kind's name has a zero.
            let message = secret + kind.rawValue.utf8 + [0] + token.utf8
            return message.withUnsafeBufferPointer { SHA256Digest(of: $0) }.map { OpaqueTokenKey(digest: $0) }
        }
    }
}
