import GatehouseBase
import GatehouseCrypto
import Synchronization

/// The tokens that one verifier accepted lately, so that a repeated token costs its SHA-256 and not its signature.
///
/// The cache vouches for the signature, and holds the claims; the time is judged on each use. A token goes with the key set that
/// verified it, and once it has expired. Tokens without a good signature leave nothing in the cache, and cost no SHA-256: a
/// look-up begins with a cheap hash.
///
/// The cache is bounded by number and by memory. Its tokens are trimmed, since a token itself decides how much memory its claims
/// take.
final class VerifiedTokenCache: Sendable {
    /// The greatest length of a remembered token, in bytes. Clerk's tokens have a kilobyte; larger tokens would leave room for few others.
    static let maximumTokenByteCount = 4_096

    private let state: Mutex<RememberedTokens>
    private let hash = ByteHash.random()
    private let clockSkew: Duration

    /// - Parameters:
    ///   - capacity: The greatest number of tokens. The result is `nil` if the number is not positive.
    ///   - byteBudget: The greatest memory of all tokens, in bytes. The result is `nil` if the number is not positive.
    ///   - clockSkew: The greatest difference between clocks.
    init?(capacity: Int, byteBudget: Int, clockSkew: Duration) {
        guard capacity > 0, byteBudget > 0 else { return nil }
        state = Mutex(RememberedTokens(capacity: capacity, byteBudget: byteBudget))
        self.clockSkew = clockSkew
    }

    /// The number of remembered tokens, and their memory in bytes.
    var size: (count: Int, byteCount: Int) { state.withLock { ($0.count, $0.byteCount) } }

    /// Returns the hash by which a token is looked up.
    func key(of token: UnsafeBufferPointer<UInt8>) -> UInt64 { hash.hash(token) }

    /// Returns the token with these bytes, if these keys verified it.
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
