import GatehouseBase
import GatehouseCrypto
import Synchronization

/// The tokens that one verifier accepted lately, so that the same token again costs its SHA-256 and not its signature.
///
/// It says that a signature holds and what the claims are; the time is judged on each use. A token goes with the key set
/// that verified it, and once it has expired. Tokens that nobody signed leave nothing here, and cost no SHA-256: a look-up
/// begins with a cheap hash.
///
/// Bounded by number and by memory. What is kept is trimmed: a token says itself how much its claims take.
final class VerifiedTokenCache: Sendable {
    /// The most bytes of a token that is remembered. Clerk's have a kilobyte; larger ones would leave room for few others.
    static let maximumTokenByteCount = 4_096

    private let state: Mutex<RememberedTokens>
    private let hash = ByteHash.random()
    private let clockSkew: Duration

    /// - Parameters:
    ///   - capacity: How many tokens there may be.
    ///   - byteBudget: How many bytes they may take; `nil` comes of it where either is none.
    ///   - clockSkew: By how much clocks may differ.
    init?(capacity: Int, byteBudget: Int, clockSkew: Duration) {
        guard capacity > 0, byteBudget > 0 else { return nil }
        state = Mutex(RememberedTokens(capacity: capacity, byteBudget: byteBudget))
        self.clockSkew = clockSkew
    }

    /// How many tokens are remembered, and how many bytes they take.
    var size: (count: Int, byteCount: Int) { state.withLock { ($0.count, $0.byteCount) } }

    /// The hash that a token is looked up by.
    func key(of token: UnsafeBufferPointer<UInt8>) -> UInt64 { hash.hash(token) }

    /// The token with these bytes, if it was verified with these keys.
    func token(_ bytes: UnsafeBufferPointer<UInt8>, key: UInt64, verifiedWith keys: KeySet) -> VerifiedToken? {
        guard let found = state.withLock({ $0.find(key, verifiedWith: keys) }),
            found.digest == SHA256Digest(of: bytes)
        else { return nil }
        return found.token
    }

    /// Remembers a token that these keys verified just now.
    func remember(
        _ token: VerifiedToken,
        _ bytes: UnsafeBufferPointer<UInt8>,
        key: UInt64,
        verifiedWith keys: KeySet,
        at now: Timestamp
    ) {
        guard let digest = SHA256Digest(of: bytes) else { return }
        let end = token.lifetime.end(skew: clockSkew)
        let remembered = RememberedToken(token.trimmed(), key: key, digest: digest, end: end)
        // Dropped tokens are freed outside of the lock.
        let dropped = state.withLock { $0.insert(remembered, verifiedWith: keys, at: now.secondsSinceEpoch) }
        withExtendedLifetime(dropped) {}
    }

    /// Forgets the token with this key.
    func forget(_ key: UInt64) {
        let dropped = state.withLock { $0.remove(key) }
        withExtendedLifetime(dropped) {}
    }
}
