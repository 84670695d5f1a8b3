/// The permissions that a policy names, each with a dense id: an open-addressed table probed by the permission's own
/// hash. Immutable, and nobody outside adds to it; so collisions cannot be planted.
struct PermissionTable: Sendable {
    /// The names by id, sorted by bytes.
    let names: [String]
    private let slots: [Slot]
    /// All names in a row, so that a probe touches neither a string nor its reference count.
    private let bytes: [UInt8]
    private let mask: Int

    private struct Slot: Sendable {
        var hash: UInt64 = 0
        /// Where the name stands in `bytes`.
        var start: UInt32 = 0
        var count: UInt16 = 0
        /// The id plus one; 0: a free slot.
        var idPlusOne: UInt32 = 0
    }

    init(naming policy: Policy) {
        var names = Set((policy.permissions ?? []).map { ByteText($0.name) })
        for text in policy.roles.lazy.flatMap({ $0.grants + $0.denies }) where Name.isWellFormed(text) {
            names.insert(ByteText(text))
        }
        self.names = names.sorted().map(\.string)

        var capacity = 8
        while capacity < names.count * 2 { capacity *= 2 }
        mask = capacity - 1
        var slots = Array(repeating: Slot(), count: capacity)
        var bytes: [UInt8] = []
        for (id, name) in self.names.enumerated() {
            let hash = Permission(wellFormed: name).hash
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot].idPlusOne != 0 { slot = (slot + 1) & mask }
            // A name has at most 256 bytes, and memory ends before 2^24 of the longest do.
            slots[slot] = Slot(
                hash: hash,
                start: UInt32(bytes.count),
                count: UInt16(name.utf8.count),
                idPlusOne: UInt32(id + 1)
            )
            bytes += name.utf8
        }
        self.slots = slots
        self.bytes = bytes
    }

    var count: Int { names.count }

    func id(of permission: Permission) -> Int? {
        permission.name.withUTF8Bytes { id(of: $0, hash: permission.hash) }
    }

    /// The id of the permission with these bytes and this hash of them. Half of the slots are free, so it ends.
    func id(of name: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
        slots.withUnsafeBufferPointer { slots in
            bytes.withUnsafeBufferPointer { bytes in
                var index = Int(truncatingIfNeeded: hash) & mask
                while true {
                    let slot = slots[index]
                    if slot.idPlusOne == 0 { return nil }
                    let start = Int(slot.start)
                    if slot.hash == hash, Int(slot.count) == name.count,
                        UnsafeBufferPointer(rebasing: bytes[start..<(start + name.count)]).hasSameBytes(as: name)
                    {
                        return Int(slot.idPlusOne) - 1
                    }
                    index = (index + 1) & mask
                }
            }
        }
    }

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
}
