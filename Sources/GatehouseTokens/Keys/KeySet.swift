package import GatehouseCrypto

/// The public keys that may have signed a token.
///
/// Unusable keys are left out and listed in ``refused``. The other keys stay (RFC 7517 section 5).
public struct KeySet: Sendable {
    /// The usable keys, in the order of the set. Keys with equal identifiers, numbers and algorithms are listed once.
    public var keys: [Key] { storage.keys }
    /// The keys that were left out, and the reasons.
    public var refused: [Refusal] { storage.refused }

    private let storage: Storage

    /// Makes a set with these parts. The parameter `comparesIDs` is false for a format without identifiers, such as PEM.
    init(keys: [Key], refused: [Refusal], comparesIDs: Bool) {
        storage = Storage(keys: keys, refused: refused, comparesIDs: comparesIDs)
    }

    /// Returns true if both are one and the same set, and not only equal sets. A source uses this to recognize a newer set.
    func isSame(as other: KeySet) -> Bool { storage === other.storage }

    var comparesIDs: Bool { storage.comparesIDs }

    var index: KeyIndex { storage.index }

    private final class Storage: Sendable {
        let keys: [Key]
        let refused: [Refusal]
        let comparesIDs: Bool
        let index: KeyIndex

        init(keys: [Key], refused: [Refusal], comparesIDs: Bool) {
            var seen: Set<Key.Identity> = []
            self.keys = keys.filter { seen.insert($0.identity).inserted }
            self.refused = refused
            self.comparesIDs = comparesIDs
            index = KeyIndex(self.keys, refused: refused)
        }
    }
}

extension KeySet {
    /// A usable public key.
    public struct Key: Sendable {
        /// The key's identifier `kid`.
        public let id: String?
        /// The algorithms of the key: its own `alg` if the key has one, and otherwise all algorithms of its kind.
        public let algorithms: Set<SignatureAlgorithm>
        package let publicKey: PublicKey

        init(id: String?, algorithm: SignatureAlgorithm?, publicKey: PublicKey) {
            self.id = id
            self.algorithms = algorithm.map { [$0] } ?? publicKey.kind.algorithms
            self.publicKey = publicKey
        }

        /// The parts that equal keys have in common.
        struct Identity: Hashable {
            let id: ByteText?
            let algorithms: Set<SignatureAlgorithm>
            let key: [UInt8]
        }

        var identity: Identity {
            Identity(id: id.map(ByteText.init), algorithms: algorithms, key: publicKey.subjectPublicKeyInfo)
        }
    }
}

extension PublicKey.Kind {
    /// The algorithms of a key of this kind.
    var algorithms: Set<SignatureAlgorithm> {
        Set(SignatureAlgorithm.allCases.filter { schemes.contains($0.scheme) })
    }
}
