import GatehouseBase
import GatehouseCrypto
import Synchronization

/// The tokens that one verifier accepted lately, so that the same token again costs its SHA-256 and not its signature.
///
/// It says that a signature holds and what the claims are; the time is judged on each use. A token goes with the key set
/// that verified it. Tokens that nobody signed leave nothing here, and cost no SHA-256: a look-up begins with a cheap hash.
///
/// Bounded by two generations: when the young one is full, it becomes the old one, and what was not used since is gone.
final class VerifiedTokenCache: Sendable {
    private struct Entry {
        let digest: SHA256Digest
        let token: VerifiedToken
        let keys: KeySet
    }

    private struct State {
        var young: [UInt64: Entry] = [:]
        var old: [UInt64: Entry] = [:]
    }

    private let state = Mutex(State())
    private let hash = ByteHash.random()
    private let generationCapacity: Int

    /// - Parameter capacity: how many tokens there may be; nil where there may be none.
    init?(capacity: Int) {
        guard capacity > 0 else { return nil }
        generationCapacity = max(1, capacity / 2)
    }

    /// What the bytes of a token are looked up by.
    func key(of token: UnsafeBufferPointer<UInt8>) -> UInt64 { hash.hash(token) }

    /// The token with these bytes, if it was verified with these keys.
    func token(_ bytes: UnsafeBufferPointer<UInt8>, key: UInt64, verifiedWith keys: KeySet) -> VerifiedToken? {
        guard let entry = entry(for: key), entry.keys.isSame(as: keys), entry.digest == SHA256Digest(of: bytes) else {
            return nil
        }
        return entry.token
    }

    /// Remembers a token that these keys verified.
    func remember(_ token: VerifiedToken, _ bytes: UnsafeBufferPointer<UInt8>, key: UInt64, verifiedWith keys: KeySet) {
        guard let digest = SHA256Digest(of: bytes) else { return }
        let entry = Entry(digest: digest, token: token, keys: keys)
        insert(entry, for: key)
    }

    /// The entry, which stays for another generation.
    private func entry(for key: UInt64) -> Entry? {
        let (young, old) = state.withLock { state -> (Entry?, Entry?) in
            if let entry = state.young[key] { return (entry, nil) }
            return (nil, state.old[key])
        }
        if let old { insert(old, for: key) }
        return young ?? old
    }

    private func insert(_ entry: Entry, for key: UInt64) {
        // What is dropped is freed outside of the lock.
        let dropped = state.withLock { state -> [UInt64: Entry] in
            var dropped: [UInt64: Entry] = [:]
            if state.young.count >= generationCapacity, state.young[key] == nil {
                (dropped, state.old, state.young) = (state.old, state.young, [:])
            }
            state.young[key] = entry
            return dropped
        }
        withExtendedLifetime(dropped) {}
    }
}
