/// A hash function from bytes to 64 bits, of the wyhash kind: two multiplications for every 16 bytes.
///
/// A keyed hash keeps outsiders from choosing names that collide. The hash is not cryptographic: a look-up that finds a match still
/// compares the bytes.
package struct ByteHash: Sendable {
    @usableFromInline
    let seed: UInt64

    /// A hash function that is equal in every process, for tables to which outsiders cannot add.
    @inlinable package static var unkeyed: ByteHash {
        @inline(__always) get { ByteHash(seed: 0x9E37_79B9_7F4A_7C15) }
    }

    /// Makes a hash function with a random key.
    package static func random() -> ByteHash { ByteHash(seed: .random(in: .min ... .max)) }

    @inlinable
    package init(seed: UInt64) {
        self.seed = seed
    }

    @inlinable
    @inline(__always)
    package func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let count = bytes.count
        guard count > 0, let base = UnsafeRawPointer(bytes.baseAddress) else { return Self.mix(seed, Self.odd) }
        var state = seed ^ UInt64(truncatingIfNeeded: count) &* Self.odd
        var offset = 0
        if count >= 64 {
            // The loop takes two blocks at a time, so that neither multiplication waits for the other.
            var second = state ^ Self.other
            while offset &+ 32 <= count {
                state = Self.mix(base, at: offset, Self.odd, state)
                second = Self.mix(base, at: offset &+ 16, Self.other, second)
                offset &+= 32
            }
            state ^= second
        }
        while offset &+ 16 <= count {
            state = Self.mix(base, at: offset, Self.odd, state)
            offset &+= 16
        }
        let (low, high) = Self.tail(base, from: offset, to: count)
        return Self.mix(Self.odd ^ low, Self.mix(high ^ Self.other, state))
    }

    /// Mixes the 16 bytes from an offset on into the state.
    @inlinable
    @inline(__always)
    static func mix(_ base: UnsafeRawPointer, at offset: Int, _ constant: UInt64, _ state: UInt64) -> UInt64 {
        mix(
            base.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ constant,
            base.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self) ^ state
        )
    }

    /// Returns the last 0 to 15 bytes as two words. Every load stays within `from..<to`.
    @inlinable
    @inline(__always)
    static func tail(_ base: UnsafeRawPointer, from: Int, to: Int) -> (UInt64, UInt64) {
        let count = to &- from
        if count >= 8 {
            return (
                base.loadUnaligned(fromByteOffset: from, as: UInt64.self),
                base.loadUnaligned(fromByteOffset: to &- 8, as: UInt64.self)
            )
        }
        if count >= 4 {
            return (
                UInt64(base.loadUnaligned(fromByteOffset: from, as: UInt32.self)),
                UInt64(base.loadUnaligned(fromByteOffset: to &- 4, as: UInt32.self))
            )
        }
        var word: UInt64 = 0
        for offset in from..<to { word = word << 8 | UInt64(base.load(fromByteOffset: offset, as: UInt8.self)) }
        return (word, UInt64(truncatingIfNeeded: count))
    }

    @inlinable static var odd: UInt64 { 0xE703_7ED1_A0B4_28DB }
    @inlinable static var other: UInt64 { 0x8EBC_6AF0_9C88_C6E3 }

    @inlinable
    @inline(__always)
    static func mix(_ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
        let product = lhs.multipliedFullWidth(by: rhs)
        return product.high ^ product.low
    }
}
