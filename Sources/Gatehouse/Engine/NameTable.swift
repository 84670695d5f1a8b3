/// Names with dense ids: an open-addressed table that is probed by a hash of the name and compares bytes.
///
/// Immutable, and nobody outside adds to it; so collisions cannot be planted.
struct NameTable: Sendable {
    /// The names by id.
    let names: [String]
    private let slots: [Slot]
    /// All names in a row, so that a probe touches neither a string nor its reference count.
    private let bytes: [UInt8]
    private let mask: Int

    private struct Slot: Sendable {
        var hash: UInt64 = 0
        /// Where the name stands in `bytes`.
        var start = 0
        var count: UInt32 = 0
        /// The id plus one; 0: a free slot.
        var idPlusOne: UInt32 = 0
    }

    /// Of equal names the first counts.
    init(_ names: [String]) {
        self.names = names
        var capacity = 8
        while capacity < names.count * 2 { capacity *= 2 }
        mask = capacity - 1
        var slots = Array(repeating: Slot(), count: capacity)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(names.reduce(0) { $0 + $1.utf8.count })
        for (id, name) in names.enumerated() {
            let hash = name.withUTF8Bytes { ByteHash.unkeyed.hash($0) }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot].idPlusOne != 0 { slot = (slot + 1) & mask }
            // Neither a name of 4 GiB nor as many names fit into memory with everything else of a policy.
            slots[slot] = Slot(
                hash: hash,
                start: bytes.count,
                count: UInt32(name.utf8.count),
                idPlusOne: UInt32(id + 1)
            )
            bytes += name.utf8
        }
        self.slots = slots
        self.bytes = bytes
    }

    var count: Int { names.count }

    func id(of name: String) -> Int? {
        name.withUTF8Bytes { id(of: $0, hash: ByteHash.unkeyed.hash($0)) }
    }

    /// The id of the name with these bytes and this hash of them. Half of the slots are free, so it ends.
    @inline(__always)
    func id(of name: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
        slots.withUnsafeBufferPointer { slots in
            bytes.withUnsafeBufferPointer { bytes in
                var index = Int(truncatingIfNeeded: hash) & mask
                while true {
                    let slot = slots[index]
                    if slot.idPlusOne == 0 { return nil }
                    if slot.hash == hash, Int(slot.count) == name.count,
                        UnsafeBufferPointer(rebasing: bytes[slot.start..<(slot.start + name.count)])
                            .hasSameBytes(as: name)
                    {
                        return Int(slot.idPlusOne) - 1
                    }
                    index = (index + 1) & mask
                }
            }
        }
    }
}
