/// The bytes of a text, in half a cache line if they fit, and otherwise in separate memory.
struct CompactBytes: ~Copyable, Sendable {
    /// The bytes; or the address of separate memory, which only this value owns and frees, and the number of bytes.
    let packed: PackedBytes

    init(_ bytes: BorrowedBytes) {
        packed = Self.own(bytes)
    }

    /// Copies a text.
    ///
    /// - Parameter text: The text; `nil` for a missing text, which differs from the empty text.
    init(_ text: String?) {
        packed = text?.withBorrowedBytes(Self.own) ?? .absent
    }

    private static func own(_ bytes: BorrowedBytes) -> PackedBytes {
        guard bytes.packed.isApart else { return bytes.packed }
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.apart.count)
        _ = copy.initialize(from: bytes.apart)
        return bytes.packed.withAddress(UInt64(UInt(bitPattern: copy.baseAddress)))
    }

    deinit { UnsafeMutablePointer(mutating: apart.baseAddress)?.deallocate() }

    /// The bytes in separate memory; none if the bytes are in place.
    @inline(__always)
    private var apart: UnsafeBufferPointer<UInt8> {
        guard packed.isApart else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(
            start: UnsafePointer(bitPattern: UInt(packed.words.0)),
            count: Int(packed.words.1)  // the number that `own` copied
        )
    }

    /// The bytes as a key for look-ups, while this lives.
    @inline(__always)
    var borrowed: BorrowedBytes { BorrowedBytes(packed, apart: apart) }

    @inline(__always)
    func isSame(as other: BorrowedBytes) -> Bool {
        packed.isSameButFirstWord(as: other.packed)
            && (packed.words.0 == other.packed.words.0 || packed.isApart && Self.areSame(apart, other.apart))
    }

    /// Returns true for an equal text, if its bytes are in place.
    @inline(__always)
    func isSame(asPacked other: PackedBytes) -> Bool {
        packed.isSameButFirstWord(as: other) && packed.words.0 == other.words.0
    }

    /// Returns true if bytes in separate memory are equal. Both numbers are equal, and larger than fit in place.
    @inline(__always)
    private static func areSame(_ lhs: UnsafeBufferPointer<UInt8>, _ rhs: UnsafeBufferPointer<UInt8>) -> Bool {
        guard rhs.count <= 2 * PackedBytes.capacity, let mine = UnsafeRawPointer(lhs.baseAddress),
            let theirs = UnsafeRawPointer(rhs.baseAddress)
        else { return lhs.hasSameBytes(as: rhs) }
        // The first 32 and the last 32 are all; in line, since a call takes 4 ns and nearly every permission's name is that short.
        func difference(at offset: Int) -> SIMD4<UInt64> {
            mine.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
                ^ theirs.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
        }
        return difference(at: 0) | difference(at: rhs.count &- PackedBytes.capacity) == .zero
    }
}
