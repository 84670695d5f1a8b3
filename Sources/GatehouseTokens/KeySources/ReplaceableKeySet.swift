import Synchronization

/// Keys that the host has read and may replace while it runs, such as those of a file that it watches.
public final class ReplaceableKeySet: KeySource {
    private let current: Mutex<KeySet>

    /// Starts with these keys.
    public init(_ keys: KeySet) {
        current = Mutex(keys)
    }

    /// Puts another set in the place of the current one, for every token from now on.
    ///
    /// - Throws: ``KeySetError`` where the other set has no usable key. The current one stays.
    public func replace(with keys: KeySet) throws(KeySetError) {
        guard !keys.keys.isEmpty else {
            throw KeySetError(.noUsableKey, "the new key set has no usable key; the one before stays")
        }
        current.withLock { $0 = keys }
    }

    /// As the other, with a JWK Set as UTF-8 (RFC 7517 section 5); what is none replaces nothing either.
    public func replace(withJWKS bytes: [UInt8]) throws(KeySetError) {
        try replace(with: try KeySet(jwks: bytes))
    }

    /// The current set.
    public func keysAtHand() -> KeySet? { current.withLock { $0 } }

    /// The current set.
    public func keys() async throws(TokenError) -> KeySet { current.withLock { $0 } }

    /// The current set, if these are not its keys.
    public func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet? {
        let current = current.withLock { $0 }
        return current.isSame(as: keys) ? nil : current
    }
}
