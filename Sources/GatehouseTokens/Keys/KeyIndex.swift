import GatehouseBase
import GatehouseCrypto

/// An index of a set's keys by identifier and algorithm. A look-up costs equal time for every size of the set.
struct KeyIndex: Sendable {
    /// The candidates of a set for a token.
    enum Match {
        case key(KeySet.Key)
        /// There are keys, but none for the token's algorithm.
        case otherAlgorithm
        /// More than one key fits, and they differ.
        case ambiguous
        /// There is no usable key. The value is a key that was left out; `nil` if there is none.
        case none(KeySet.Refusal?)
    }

    /// The keys with one identifier.
    private struct Group {
        let id: String
        var refusal: KeySet.Refusal?
        var hasKeys = false
        /// The candidates for each algorithm. A list of at most ten is searched sooner than a dictionary.
        var matches: [(algorithm: SignatureAlgorithm, match: Match)] = []

        mutating func add(_ key: KeySet.Key) {
            hasKeys = true
            for algorithm in key.algorithms {
                if let index = matches.firstIndex(where: { $0.algorithm == algorithm }) {
                    matches[index].match = .ambiguous
                } else {
                    matches.append((algorithm, .key(key)))
                }
            }
        }

        func match(_ algorithm: SignatureAlgorithm) -> Match {
            guard hasKeys else { return .none(refusal) }
            return matches.first { $0.algorithm == algorithm }?.match ?? .otherAlgorithm
        }
    }

    private var groups: [Group] = []
    /// The indices of the groups by the hash of their identifiers.
    private var places: [UInt64: [Int]] = [:]
    /// The first key that was left out without a readable identifier.
    private var namelessRefusal: KeySet.Refusal?
    /// The hash function for identifiers, which has a key, so that nobody can make a set of identifiers that collide.
    private let hash = ByteHash.random()

    /// Groups the keys, of which no two are equal, and the keys that were left out.
    init(_ keys: [KeySet.Key], refused: [KeySet.Refusal]) {
        for key in keys {
            if let id = key.id { groups[place(of: id)].add(key) }
        }
        for refusal in refused {
            guard let id = refusal.id else {
                namelessRefusal = namelessRefusal ?? refusal
                continue
            }
            let place = place(of: id)
            groups[place].refusal = groups[place].refusal ?? refusal
        }
    }

    private mutating func place(of id: String) -> Int {
        id.withUTF8Bytes { bytes in
            if let place = place(of: bytes) { return place }
            places[hash.hash(bytes), default: []].append(groups.count)
            groups.append(Group(id: id))
            return groups.count - 1
        }
    }

    private func place(of id: UnsafeBufferPointer<UInt8>) -> Int? {
        places[hash.hash(id)]?.first { place in groups[place].id.withUTF8Bytes { $0.hasSameBytes(as: id) } }
    }

    /// Returns the candidates for a token with this `kid` and `alg`.
    ///
    /// An unknown identifier never matches another key, and an ambiguous identifier never matches the first key (RFC 7517 section 4.5).
    func match(_ id: JSONNode, _ algorithm: SignatureAlgorithm) -> Match {
        id.content { bytes in place(of: bytes).map { groups[$0].match(algorithm) } ?? .none(namelessRefusal) }
    }
}
