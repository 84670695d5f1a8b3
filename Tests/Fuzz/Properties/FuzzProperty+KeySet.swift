import GatehouseBase
import GatehouseTokens

/// Whatever is read as a set is within its bounds, and nothing is both kept and left out.
@Sendable func checkKeySet(_ input: [UInt8]) throws(FuzzFinding) {
    if let set = try? KeySet(jwks: input) {
        let elements = (try? JSONDocument(parsing: input))?.root.member("keys")?.elements.reduce(0) { count, _ in
            count + 1
        }
        // Keys that stand there twice count once.
        let distinct = (try? JSONDocument(parsing: input))?.root.member("keys").map { keys in
            Set(keys.elements.map { JSONValue($0).description }).count
        }
        try expect(set.keys.count + set.refused.count <= elements ?? 0, "a key was made up")
        try expect(set.keys.isEmpty == false || set.refused.count == elements, "a key was lost")
        try expect(set.keys.count <= distinct ?? 0, "a key counts twice")
        try expect(set.keys.count <= KeySet.maximumKeyCount, "too many keys")
        try expect(set.keys.allSatisfy { !$0.algorithms.isEmpty }, "a key for nothing")
    }
    if let set = try? KeySet(pem: input) {
        try expect(set.keys.count + set.refused.count == 1, "PEM is one key")
    }
}
