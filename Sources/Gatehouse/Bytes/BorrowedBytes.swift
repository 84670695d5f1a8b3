/// A text's bytes while they are looked for: packed where they fit, else where they lie.
struct BorrowedBytes {
    let packed: PackedBytes
    let apart: UnsafeBufferPointer<UInt8>

    /// No text, which is not the empty one.
    static var absent: BorrowedBytes { BorrowedBytes(PackedBytes.absent) }

    @inline(__always)
    init(_ packed: PackedBytes, apart: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)) {
        self.packed = packed
        self.apart = apart
    }

    /// - Parameter bytes: those of a text.
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
    /// Calls `body` with the bytes to look for, also where they do not fit into a few words.
    @inline(never)
    func withBorrowedBytes<Result>(_ body: (BorrowedBytes) -> Result) -> Result {
        withUTF8Bytes { body(BorrowedBytes($0)) }
    }
}
