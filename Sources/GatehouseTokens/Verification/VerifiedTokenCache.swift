import GatehouseBase
import GatehouseCrypto
import Synchronization

/// The tokens that one verifier accepted lately, so that a repeated token costs a SHA-256 and not the verification of a signature.
///
/// The cache replaces the verification of the signature, and keeps the claims. The times are checked on each use. A token is removed when
/// its key set is replaced, and after it has expired. Tokens without a valid signature do not enter the cache, and cost no SHA-256, since a
/// look-up begins with a cheap hash.
///
/// The cache is limited in number and in memory. Its tokens are trimmed, since the content of a token determines how much memory its claims
/// take.
final class VerifiedTokenCache: Sendable {
    /// The largest number of bytes of a remembered token. Clerk's tokens have a kilobyte. Larger tokens would leave room for few others.
    static let maximumTokenByteCount = 4_096

    private let state: Mutex<RememberedTokens>
    private let hash = ByteHash.random()
    private let clockSkew: Duration

    /// Makes a cache.
    ///
    /// - Parameters:
    ///   - capacity: The largest number of tokens. The result is `nil` if the number is not positive.
    ///   - byteBudget: The largest memory of all tokens, in bytes. The result is `nil` if the number is not positive.
    ///   - clockSkew: The largest difference between clocks.
    init?(capacity: Int, byteBudget: Int, clockSkew: Duration) {
        guard capacity > 0, byteBudget > 0 else { return nil }
        state = Mutex(RememberedTokens(capacity: capacity, byteBudget: byteBudget))
        self.clockSkew = clockSkew
    }

    /// The number of remembered tokens, and their memory in bytes.
    var size: (count: Int, byteCount: Int) { state.withLock { ($0.count, $0.byteCount) } }

    /// Returns the hash for the look-up of a token.
    func key(of token: UnsafeBufferPointer<UInt8>) -> UInt64 { hash.hash(token) }

    /// Returns the token with these bytes, if these keys verified it; `nil` otherwise.
    func token(_ bytes: UnsafeBufferPointer<UInt8>, key: UInt64, verifiedWith keys: KeySet) -> VerifiedToken? {
        guard let found = state.withLock({ $0.find(key, verifiedWith: keys) }),
            found.digest == SHA256Digest(of: bytes)
        else { return nil }
        return found.token
    }

    /// Remembers a token that these keys have just verified.
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
        // Removed tokens are freed outside the lock.
        let dropped = state.withLock { $0.insert(remembered, verifiedWith: keys, at: now.secondsSinceEpoch) }
        withExtendedLifetime(dropped) {}
    }

    /// Forgets the token with this key.
    func forget(_ key: UInt64) {
        let dropped = state.withLock { $0.remove(key) }
        withExtendedLifetime(dropped) {}
    }
}
