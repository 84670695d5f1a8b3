/// A name with its hash and its bytes in memory of its own. A look-up of a `String` touches a reference count to read the bytes; a look-up
/// of this type does not.
final class NameBytes: Sendable {
    let name: String
    let hash: UInt64
    private let bytes: CompactBytes

    init(_ name: String) {
        bytes = CompactBytes(name)
        hash = bytes.borrowed.nameHash
        self.name = name
    }

    /// The bytes, or bytes that stand for them if the bytes lie apart.
    @inline(__always)
    var packed: PackedBytes { bytes.packed }

    @inline(__always)
    func withBytes<Result>(_ body: (BorrowedBytes, _ hash: UInt64) -> Result) -> Result {
        withExtendedLifetime(self) { body(bytes.borrowed, hash) }
    }
}

extension BorrowedBytes {
    /// The hash by which names are looked up: the same in every process, for tables that outsiders cannot add to.
    var nameHash: UInt64 { packed.isApart ? packed.hashApart : packed.nameHash }
}

extension PackedBytes {
    /// The hash of the bytes, equal to that of borrowed bytes.
    @inline(__always)
    var nameHash: UInt64 { hash(seed: 0x9E37_79B9_7F4A_7C15) }
}
