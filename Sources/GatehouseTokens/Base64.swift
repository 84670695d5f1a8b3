/// An alphabet of RFC 4648, read without mercy: nothing but its characters, whole groups, unused bits zero.
package struct Base64: Sendable {
    private let characters: [UInt8]
    /// For each of the four places in a group and each byte: its six bits where they stand in the group's 24, or
    /// `outside`. 4 KiB, which stay in the processor's nearest cache.
    private let places: [UInt32]
    /// Bits that no group has.
    private static let outside: UInt32 = 0xFF00_0000

    /// RFC 4648 section 4.
    package static let standard = Base64("+/")
    /// RFC 4648 section 5.
    static let url = Base64("-_")

    private init(_ lastTwo: String) {
        characters = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + lastTwo).utf8)
        var places = [UInt32](repeating: Self.outside, count: 4 * 256)
        for (value, character) in characters.enumerated() {
            for place in 0..<4 { places[place * 256 + Int(character)] = UInt32(value) << UInt32(18 - 6 * place) }
        }
        self.places = places
    }

    /// The bytes that unpadded characters stand for, or nil unless they are the one way to write them.
    func decode(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let rest = input.count % 4
        guard rest != 1 else { return nil }
        let groups = input.count / 4
        var seen: UInt32 = 0  // collects every group, so that one test at the end finds a byte outside the alphabet
        var unused: UInt32 = 0
        // A group's three bytes are written as four, and the next group goes over the last: hence room for two more.
        let output = [UInt8](unsafeUninitializedCapacity: groups * 3 + 2) { output, count in
            places.withUnsafeBufferPointer { places in
                let (source, target) = (UnsafeRawBufferPointer(input), UnsafeMutableRawBufferPointer(output))
                for group in 0..<groups {
                    let word = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: group * 4, as: UInt32.self))
                    let bits =
                        places[Int(word & 0xFF)] | places[256 + Int(word >> 8 & 0xFF)]
                        | places[512 + Int(word >> 16 & 0xFF)] | places[768 + Int(word >> 24)]
                    seen |= bits
                    target.storeBytes(of: (bits << 8).bigEndian, toByteOffset: group * 3, as: UInt32.self)
                }
                count = groups * 3
                guard rest > 1 else { return }
                var bits = places[Int(input[groups * 4])] | places[256 + Int(input[groups * 4 + 1])]
                if rest > 2 { bits |= places[512 + Int(input[groups * 4 + 2])] }
                seen |= bits
                output[count] = UInt8(truncatingIfNeeded: bits >> 16)
                output[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)  // not counted where it is not one
                count += rest - 1
                unused = rest > 2 ? bits & 0xFF : bits & 0xFFFF
            }
        }
        return seen & Self.outside == 0 && unused == 0 ? output : nil
    }

    /// The bytes that characters stand for, with all the padding that they need or with none.
    package func decode(optionallyPadded text: [UInt8]) -> [UInt8]? {
        let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let needed = (4 - (text.count - padding) % 4) % 4
        guard padding == 0 || padding == needed else { return nil }
        return text.withUnsafeBufferPointer { decode(UnsafeBufferPointer(rebasing: $0.dropLast(padding))) }
    }

    /// The characters of these bytes, without padding.
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
}
