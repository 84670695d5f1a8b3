/// The permissions that a policy names, each with a dense id: an open-addressed table probed by the permission's own
/// hash. Immutable, and nobody outside adds to it; so collisions cannot be planted.
struct PermissionTable: Sendable {
    /// The names by id, sorted by bytes.
    let names: [String]
    /// Two words a slot: the hash, and the id plus one; zero where the slot is free.
    private let slots: [(hash: UInt64, idPlusOne: Int)]
    private let mask: Int

    init(naming policy: Policy) {
        var names = Set((policy.permissions ?? []).map { ByteText($0.name) })
        for text in policy.roles.lazy.flatMap({ $0.grants + $0.denies }) where Name.isWellFormed(text) {
            names.insert(ByteText(text))
        }
        self.names = names.sorted().map(\.string)

        var capacity = 8
        while capacity < names.count * 2 { capacity *= 2 }
        mask = capacity - 1
        var slots = Array(repeating: (hash: UInt64(0), idPlusOne: 0), count: capacity)
        for (id, name) in self.names.enumerated() {
            let hash = Permission(wellFormed: name).hash
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot].idPlusOne != 0 { slot = (slot + 1) & mask }
            slots[slot] = (hash, id + 1)
        }
        self.slots = slots
    }

    var count: Int { names.count }

    /// Calls `body` with the id of every name that the pattern matches: a range of the sorted names, each tried.
    func forEachID(matching pattern: PermissionPattern, _ body: (Int) -> Void) {
        let prefix = pattern.literalPrefix
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if names[middle].precedesByBytes(prefix) { low = middle + 1 } else { high = middle }
        }
        for id in low..<names.count {
            guard names[id].utf8.starts(with: prefix.utf8) else { break }
            if names[id].withUTF8Bytes({ pattern.matches($0) }) { body(id) }
        }
    }

    func id(of permission: Permission) -> Int? {
        permission.name.withUTF8Bytes { id(of: $0, hash: permission.hash) }
    }

    /// The id of the permission with these bytes and this hash of them. Half of the slots are free, so it ends.
    @inline(__always)
    func id(of name: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let (slotHash, idPlusOne) = slots[slot]
            if idPlusOne == 0 { return nil }
            if slotHash == hash, names[idPlusOne - 1].withUTF8Bytes({ $0.hasSameBytes(as: name) }) {
                return idPlusOne - 1
            }
            slot = (slot + 1) & mask
        }
    }
}
