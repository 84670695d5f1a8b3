/// An alphabet of RFC 4648 that is read strictly: only its characters, only whole groups, and zero in the unused bits.
package struct Base64: Sendable {
    let characters: [UInt8]
    /// The six bits of each byte for each of the four places in a group, at their position in the group's 24 bits, or
    /// `outside`. The table takes 4 KiB, which stay in the processor's nearest cache.
    let places: [UInt32]
    /// The bits that no group has.
    static let outside: UInt32 = 0xFF00_0000

    /// The alphabet of base64 (RFC 4648 section 4).
    package static let standard = Base64("+/")
    /// The alphabet of base64url (RFC 4648 section 5).
    static let url = Base64("-_")

    private init(_ lastTwo: String) {
        characters = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + lastTwo).utf8)
        var places = [UInt32](repeating: Self.outside, count: 4 * 256)
        for (value, character) in characters.enumerated() {
            for place in 0..<4 { places[place * 256 + Int(character)] = UInt32(value) << UInt32(18 - 6 * place) }
        }
        self.places = places
    }

    /// Returns the bytes that unpadded characters encode; `nil` unless the characters are the one canonical encoding.
    func decode(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var isCanonical = false
        let output = [UInt8](unsafeUninitializedCapacity: Self.capacity(for: input.count)) { output, count in
            let written = write(decoded: input, to: output)
            isCanonical = written != nil
            count = written ?? 0
        }
        return isCanonical ? output : nil
    }

    /// Decodes unpadded characters without an array: calls `body` with bytes that live until `body` returns; `nil` unless the
    /// characters are canonical.
    func withDecoded<Result>(
        _ input: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.capacity(for: input.count)) { output in
            write(decoded: input, to: output).map { body(UnsafeBufferPointer(rebasing: output[..<$0])) }
        }
    }

    /// Returns the number of bytes of room for decoding. Two groups are written as eight bytes, of which six count, and the next bytes
    /// overwrite the last two. For that reason two more bytes are needed.
    private static func capacity(for characterCount: Int) -> Int { characterCount / 4 * 3 + 2 }

    /// Writes the decoded bytes, and returns their number; `nil` if the characters are not canonical.
    ///
    /// - Parameter output: A buffer with room for ``capacity(for:)`` bytes.
    private func write(
        decoded input: UnsafeBufferPointer<UInt8>,
        to output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        let rest = input.count % 4
        guard rest != 1 else { return nil }
        let groups = input.count / 4
        var seen: UInt32 = 0  // collects all groups, so that one test at the end finds a byte outside the alphabet
        var unused: UInt32 = 0
        places.withUnsafeBufferPointer { places in
            let (source, target) = (UnsafeRawBufferPointer(input), UnsafeMutableRawBufferPointer(output))
            func bits(_ word: UInt32) -> UInt32 {
                let bits =
                    places[Int(word & 0xFF)] | places[256 + Int(word >> 8 & 0xFF)]
                    | places[512 + Int(word >> 16 & 0xFF)] | places[768 + Int(word >> 24)]
                seen |= bits
                return bits
            }
            for pair in 0..<(groups / 2) {
                let word = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: pair * 8, as: UInt64.self))
                let high = UInt64(bits(UInt32(truncatingIfNeeded: word)))
                let low = UInt64(bits(UInt32(truncatingIfNeeded: word >> 32)))
                let bytes = (high << 40 | low << 16).bigEndian
                target.storeBytes(of: bytes, toByteOffset: pair * 6, as: UInt64.self)
            }
            if groups % 2 == 1 {
                let group = groups - 1
                let word = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: group * 4, as: UInt32.self))
                // The fourth byte goes into the room for two more bytes.
                target.storeBytes(of: (bits(word) << 8).bigEndian, toByteOffset: group * 3, as: UInt32.self)
            }
            guard rest > 1 else { return }
            var bits = places[Int(input[groups * 4])] | places[256 + Int(input[groups * 4 + 1])]
            if rest > 2 { bits |= places[512 + Int(input[groups * 4 + 2])] }
            seen |= bits
            output[groups * 3] = UInt8(truncatingIfNeeded: bits >> 16)
            output[groups * 3 + 1] = UInt8(truncatingIfNeeded: bits >> 8)  // not counted if there is no such byte
            unused = rest > 2 ? bits & 0xFF : bits & 0xFFFF
        }
        guard seen & Self.outside == 0, unused == 0 else { return nil }
        return groups * 3 + (rest > 1 ? rest - 1 : 0)
    }

    /// Returns the bytes that characters encode, with complete padding or without padding.
    package func decode(optionallyPadded text: [UInt8]) -> [UInt8]? {
        let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let needed = (4 - (text.count - padding) % 4) % 4
        guard padding == 0 || padding == needed else { return nil }
        return text.withUnsafeBufferPointer { decode(UnsafeBufferPointer(rebasing: $0.dropLast(padding))) }
    }

    /// Returns the characters of these bytes, without padding.
    func encode(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count * 4 + 2) / 3)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for index in 0...group.count {
                output.append(characters[Int(bits >> (18 - 6 * UInt32(index)) & 0x3F)])
            }
        }
        return output
    }

    /// Returns the characters of these bytes, with complete padding.
    package func encodePadded(_ bytes: [UInt8]) -> String {
        let padding = [UInt8](repeating: UInt8(ascii: "="), count: (3 - bytes.count % 3) % 3)
        return String(decoding: encode(bytes) + padding, as: UTF8.self)
    }
}
