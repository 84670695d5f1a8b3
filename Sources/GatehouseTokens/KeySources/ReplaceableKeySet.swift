import Synchronization

/// Keys that the host has read and may replace at run time, such as the keys of a file that the host watches.
public final class ReplaceableKeySet: KeySource {
    private let current: Mutex<KeySet>

    /// Makes a source with these keys.
    public init(_ keys: KeySet) {
        current = Mutex(keys)
    }

    /// Replaces the current set by another, for all later tokens.
    ///
    /// - Throws: ``KeySetError`` if the other set has no usable key. The current set stays.
    public func replace(with keys: KeySet) throws(KeySetError) {
        guard !keys.keys.isEmpty else {
            throw KeySetError(.noUsableKey, "the new key set has no usable key; the one before stays")
        }
        current.withLock { $0 = keys }
    }

    /// Replaces the current set by a JWK Set in UTF-8 (RFC 7517 section 5), for all later tokens.
    ///
    /// - Throws: ``KeySetError`` if the bytes are not a JWK Set, or if the other set has no usable key. The current set stays.
    public func replace(withJWKS bytes: [UInt8]) throws(KeySetError) {
        try replace(with: try KeySet(jwks: bytes))
    }

    /// Returns the current set.
    public func keysAtHand() -> KeySet? { current.withLock { $0 } }

    /// Returns the current set.
    public func keys() async throws(TokenError) -> KeySet { current.withLock { $0 } }

    /// Returns the current set; `nil` if these are its keys.
    public func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet? {
        let current = current.withLock { $0 }
        return current.isSame(as: keys) ? nil : current
    }
}
