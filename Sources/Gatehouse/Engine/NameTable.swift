/// Names with dense ids: an open-addressed table that is probed by a hash of the name and compares bytes.
///
/// Immutable, and only the policy's author adds to it: who asks cannot plant collisions. Its memory is its own, so that a probe
/// touches no reference count and checks no bounds.
final class NameTable: Sendable {
    /// The names by id.
    let names: [String]
    let probe: Probe
    // Memory that this table alone owns and frees; written in its initializer alone, so that any thread may read it.
    private nonisolated(unsafe) let slots: UnsafeMutableBufferPointer<Slot>

    /// The table without its ownership: for whoever keeps the table, or an engine that does, alive beside it.
    struct Probe: Sendable {
        fileprivate let mask: Int
        // The table's own, as long as it lives.
        fileprivate nonisolated(unsafe) let slots: UnsafeMutablePointer<Slot>
    }

    fileprivate struct Slot: ~Copyable {
        let name: CompactBytes
        /// Negative: a free slot.
        let id: Int
    }

    /// Of equal names the first counts.
    init(_ names: [String]) {
        self.names = names
        var capacity = 8
        while capacity < names.count * 2 { capacity *= 2 }
        let mask = capacity - 1
        let base = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
        slots = UnsafeMutableBufferPointer(start: base, count: capacity)
        for index in slots.indices { slots.initializeElement(at: index, to: Slot(name: CompactBytes(nil), id: -1)) }
        for (id, name) in names.enumerated() {
            let name = CompactBytes(name)
            var index = Int(truncatingIfNeeded: name.borrowed.nameHash) & mask
            while slots[index].id >= 0 { index = (index + 1) & mask }
            slots[index] = Slot(name: name, id: id)
        }
        probe = Probe(mask: mask, slots: base)
    }

    deinit {
        slots.deinitialize().deallocate()
    }

    var count: Int { names.count }

    @inline(__always)
    func id(of name: String) -> Int? { probe.id(of: name) }
}

extension NameTable.Probe {
    @inline(__always)
    func id(of name: String) -> Int? {
        if let packed = PackedBytes(name) { return id(of: BorrowedBytes(packed), hash: packed.nameHash) }
        return name.withBorrowedBytes { id(of: $0) }
    }

    @inline(__always)
    func id(of permission: Permission) -> Int? {
        permission.bytes.withBytes { id(of: $0, hash: $1) }
    }

    @inline(__always)
    func id(of name: BorrowedBytes) -> Int? { id(of: name, hash: name.nameHash) }

    /// The id of the name with these bytes and this hash of them.
    ///
    /// The mask keeps the index inside, and half of the slots are free, so that it ends.
    @inline(__always)
    func id(of name: BorrowedBytes, hash: UInt64) -> Int? {
        var index = Int(truncatingIfNeeded: hash) & mask
        while true {
            let slot = slots + index
            if slot.pointee.id < 0 { return nil }
            if slot.pointee.name.isSame(as: name) { return slot.pointee.id }
            index = (index &+ 1) & mask
        }
    }
}
