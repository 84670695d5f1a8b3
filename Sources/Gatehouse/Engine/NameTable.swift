/// Names with dense ids: an open-addressed table that is probed by a hash of the name and compares bytes.
///
/// Immutable, and only the policy's author adds to it: who asks cannot plant collisions. Its memory is its own, so that a probe
/// touches no reference count and checks no bounds.
final class NameTable: Sendable {
    /// The names by id.
    let names: [String]
    let probe: Probe

    /// The table without its ownership: for whoever keeps the table, or an engine that does, alive beside it.
    struct Probe: Sendable {
        fileprivate let mask: Int
        // Both are written in the table's initializer alone and live as long as it: safe to read from any thread.
        fileprivate nonisolated(unsafe) let slots: UnsafePointer<Slot>
        /// All names in a row.
        fileprivate nonisolated(unsafe) let bytes: UnsafePointer<UInt8>
    }

    fileprivate struct Slot {
        var hash: UInt64 = 0
        /// Where the name stands in `bytes`.
        var start = 0
        var count = 0
        /// Negative: a free slot.
        var id = -1
    }

    /// Of equal names the first counts.
    init(_ names: [String]) {
        self.names = names
        var capacity = 8
        while capacity < names.count * 2 { capacity *= 2 }
        let mask = capacity - 1
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
        slots.initialize(repeating: Slot(), count: capacity)
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: names.reduce(0) { $0 + $1.utf8.count })
        var end = 0
        for (id, name) in names.enumerated() {
            name.withUTF8Bytes { name in
                let hash = ByteHash.unkeyed.hash(name)
                var index = Int(truncatingIfNeeded: hash) & mask
                while slots[index].id >= 0 { index = (index + 1) & mask }
                slots[index] = Slot(hash: hash, start: end, count: name.count, id: id)
                if let base = name.baseAddress { (bytes + end).initialize(from: base, count: name.count) }
                end += name.count
            }
        }
        probe = Probe(mask: mask, slots: slots, bytes: bytes)
    }

    deinit {
        probe.slots.deallocate()
        probe.bytes.deallocate()
    }

    var count: Int { names.count }

    @inline(__always)
    func id(of name: String) -> Int? { probe.id(of: name) }
}

extension NameTable.Probe {
    @inline(__always)
    func id(of name: String) -> Int? {
        name.withUTF8Bytes { id(of: $0, hash: ByteHash.unkeyed.hash($0)) }
    }

    @inline(__always)
    func id(of permission: Permission) -> Int? {
        permission.bytes.withBytes { id(of: $0, hash: $1) }
    }

    /// The id of the name with these bytes and this hash of them.
    ///
    /// The mask keeps the index inside, half of the slots are free, so that it ends, and what a slot says of `bytes` is
    /// what the initializer wrote there.
    @inline(__always)
    func id(of name: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
        var index = Int(truncatingIfNeeded: hash) & mask
        while true {
            let slot = slots + index
            if slot.pointee.id < 0 { return nil }
            if slot.pointee.hash == hash,
                UnsafeBufferPointer(start: bytes + slot.pointee.start, count: slot.pointee.count).hasSameBytes(as: name)
            {
                return slot.pointee.id
            }
            index = (index &+ 1) & mask
        }
    }
}
