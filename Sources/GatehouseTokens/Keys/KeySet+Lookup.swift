extension KeySet {
    /// Returns the only key for a token whose header has this `kid` and this `alg`.
    ///
    /// - Throws: ``TokenError`` with different reasons for no key, an unused key, more than one key, and a key for another algorithm.
    func key(for id: JSONNode?, _ algorithm: SignatureAlgorithm) throws(TokenError) -> Key {
        guard let id, comparesIDs else { return try onlyKey(for: algorithm) }
        switch index.match(id, algorithm) {
        case .key(let key): return key
        case .otherAlgorithm: throw Self.otherAlgorithm
        case .ambiguous:
            throw TokenError(
                .keyMismatch,
                "more than one key of the set has the token's key id and is for the token's algorithm",
                quoting: id.string
            )
        case .none(nil): throw TokenError(.keyMismatch, "no key of the set has the token's key id", quoting: id.string)
        case .none(let refusal?) where refusal.id == nil:
            throw TokenError(
                .keyMismatch,
                "no key of the set has the token's key id, and one that has no readable id is not used: \(refusal.reason)",
                quoting: id.string
            )
        case .none(let refusal?):
            throw TokenError(
                .keyMismatch,
                "a key with the token's key id is in the set, and is not used: \(refusal.reason)",
                quoting: id.string
            )
        }
    }

    /// Returns the key of a set with exactly one key, for a token without a `kid` and for keys without identifiers.
    private func onlyKey(for algorithm: SignatureAlgorithm) throws(TokenError) -> Key {
        guard let key = keys.first else {
            let reason = refused.first.map { ": \($0.reason)" } ?? ""
            guard comparesIDs else { throw TokenError(.keyMismatch, "the key cannot be used to verify\(reason)") }
            throw TokenError(.keyMismatch, "the token names no key, and the set has no usable key\(reason)")
        }
        guard keys.count == 1 else {
            throw TokenError(.keyMismatch, "the token names no key, and the set has more than one usable key")
        }
        guard key.algorithms.contains(algorithm) else { throw Self.otherAlgorithm }
        return key
    }

    private static let otherAlgorithm = TokenError(.invalidAlgorithm, "the token's algorithm is not the key's")
}
