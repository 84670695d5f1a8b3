/// The bytes of a text for a look-up, packed if they fit and otherwise in their place.
struct BorrowedBytes {
    let packed: PackedBytes
    let apart: UnsafeBufferPointer<UInt8>

    /// A missing text, which differs from the empty text.
    static var absent: BorrowedBytes { BorrowedBytes(PackedBytes.absent) }

    @inline(__always)
    init(_ packed: PackedBytes, apart: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)) {
        self.packed = packed
        self.apart = apart
    }

    /// Borrows bytes.
    ///
    /// - Parameter bytes: The bytes of a text.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let packed = PackedBytes(bytes) {
            self.init(packed)
        } else {
            self.init(PackedBytes(count: bytes.count, hash: ByteHash.unkeyed.hash(bytes)), apart: bytes)
        }
    }

    func hash(seed: UInt64) -> UInt64 {
        packed.isApart ? ByteHash(seed: seed).hash(apart) : packed.hash(seed: seed)
    }
}

extension String {
    /// Calls `body` with the bytes for a look-up, even if they do not fit into a few words.
    @inline(never)
    func withBorrowedBytes<Result>(_ body: (BorrowedBytes) -> Result) -> Result {
        withUTF8Bytes { body(BorrowedBytes($0)) }
    }
}
