#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension String {
    /// Returns true if both texts have equal UTF-8 bytes. `==` compares by canonical equivalence.
    @inlinable
    package func hasSameBytes(as other: String) -> Bool {
        withUTF8Bytes { mine in
            other.withUTF8Bytes { theirs in mine.hasSameBytes(as: theirs) }
        }
    }

    /// Returns true if this text precedes another in the order of their UTF-8 bytes.
    @inlinable
    package func precedesByBytes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Returns true if the bytes of another text stand in this text in a row. Every text contains the empty text. The search takes linear
    /// time.
    package func containsBytes(of other: String) -> Bool {
        other.utf8.isEmpty || utf8.contains(other.utf8)
    }

    /// Calls `body` with the UTF-8 bytes. A native string is not copied.
    @inlinable
    @inline(__always)
    package func withUTF8Bytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        #if canImport(Darwin)
        return Array(utf8).withUnsafeBufferPointer(body)  // a bridged string
        #else
        // No input reaches this trap: without bridging, every string is stored as UTF-8 in a row. A second call of `body` here would double
        // the code at each nested use, and count references.
        fatalError("a string that is not stored as UTF-8")
        #endif
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Returns true if both buffers hold equal bytes. The comparison does not take constant time.
    @inlinable
    package func hasSameBytes(as other: Self) -> Bool {
        guard count == other.count else { return false }
        guard let mine = UnsafeRawPointer(baseAddress), let theirs = UnsafeRawPointer(other.baseAddress) else {
            return true  // both buffers are empty
        }
        guard count >= 8 else {
            // The members of a token's header are this short. Nearly all of them differ in the first byte.
            for offset in 0..<count
            where mine.load(fromByteOffset: offset, as: UInt8.self)
                != theirs.load(fromByteOffset: offset, as: UInt8.self)
            {
                return false
            }
            return true
        }
        guard count <= 32 else { return areEqual(mine, theirs, count) }
        // Most names have this length. The loop compares words of 8 bytes, and the last word overlaps the word before.
        var offset = 0
        while offset &+ 8 < count {
            if mine.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != theirs.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset &+= 8
        }
        return mine.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
            == theirs.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    }

    /// Returns the first index of this byte at or after `start`; `nil` if there is none.
    package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress, let found = memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Returns true if both buffers hold equal bytes when `A`–`Z` equal `a`–`z`.
    package func hasSameASCIIFoldedBytes(as other: Self) -> Bool {
        func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
        guard count == other.count else { return false }
        for index in 0..<count where self[index] != other[index] && folded(self[index]) != folded(other[index]) {
            return false
        }
        return true
    }

    /// The number that 1 to 15 digits write, which a double represents exactly; `nil` for other bytes.
    package var wholeNumber: Int? {
        guard (1...15).contains(count) else { return nil }
        var value = 0
        for byte in self {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }
}

@usableFromInline
func areEqual(_ lhs: UnsafeRawPointer, _ rhs: UnsafeRawPointer, _ count: Int) -> Bool {
    memcmp(lhs, rhs, count) == 0
}
