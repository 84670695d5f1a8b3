/// A table of names with dense ids. It is open-addressed, probed by a hash of the name, and compares bytes.
///
/// The table is immutable, and only the policy's author adds to it, so that callers cannot plant collisions. It owns its memory, so that a
/// probe touches no reference count and checks no bounds.
final class NameTable: Sendable {
    /// The names by id.
    let names: [String]
    let unownedView: UnownedView
    // Memory that only this table owns and frees. Only its initializer writes the memory, so that any thread may read it.
    private nonisolated(unsafe) let slots: UnsafeMutableBufferPointer<Slot>

    /// The table without its ownership. The caller keeps the table, or an engine with the table, alive.
    struct UnownedView: Sendable {
        fileprivate let mask: Int
        // The table owns the memory as long as it lives.
        fileprivate nonisolated(unsafe) let slots: UnsafeMutablePointer<Slot>
    }

    fileprivate struct Slot: ~Copyable {
        let name: CompactBytes
        /// The id; negative for a free slot.
        let id: Int
    }

    /// Makes a table. Of equal names the first counts.
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
        unownedView = UnownedView(mask: mask, slots: base)
    }

    deinit {
        slots.deinitialize().deallocate()
    }

    var count: Int { names.count }

    @inline(__always)
    func id(of name: String) -> Int? { unownedView.id(of: name) }
}

extension NameTable.UnownedView {
    @inline(__always)
    func id(of name: String) -> Int? {
        if let packed = PackedBytes(name) { return id(ofPacked: packed, hash: packed.nameHash) }
        return name.withBorrowedBytes { id(of: $0) }
    }

    @inline(__always)
    func id(of permission: Permission) -> Int? {
        permission.bytes.withBytes { name, hash in
            name.packed.isApart ? id(of: name, hash: hash) : id(ofPacked: name.packed, hash: hash)
        }
    }

    /// Returns the id in few steps; `nil` also for a name of more than 32 bytes, since two such names with equal bytes have different
    /// addresses.
    @inline(__always)
    func id(ofShort permission: Permission) -> Int? {
        id(ofPacked: permission.bytes.packed, hash: permission.bytes.hash)
    }

    /// Returns the id of a name; `nil` if the table does not have it.
    ///
    /// - Parameter name: The name, which must not be the missing text.
    @inline(__always)
    func id(of name: BorrowedBytes) -> Int? { id(of: name, hash: name.nameHash) }

    @inline(__always)
    private func id(of name: BorrowedBytes, hash: UInt64) -> Int? { id(hash) { $0.isSame(as: name) } }

    @inline(__always)
    private func id(ofPacked name: PackedBytes, hash: UInt64) -> Int? { id(hash) { $0.isSame(asPacked: name) } }

    /// Returns the id of the equal name with this hash.
    ///
    /// The mask keeps the index inside the table, and half of the slots are free, so that the search ends.
    @inline(__always)
    private func id(_ hash: UInt64, where isSame: (borrowing CompactBytes) -> Bool) -> Int? {
        var index = Int(truncatingIfNeeded: hash) & mask
        while true {
            let slot = slots + index
            if isSame(slot.pointee.name) { return slot.pointee.id }  // a free slot has no name
            if slot.pointee.id < 0 { return nil }
            index = (index &+ 1) & mask
        }
    }
}
