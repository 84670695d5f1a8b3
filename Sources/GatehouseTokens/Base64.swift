/// An alphabet of RFC 4648, read without mercy: nothing but its characters, whole groups, unused bits zero.
package struct Base64: Sendable {
    private let characters: [UInt8]
    /// The value of each byte; `invalid` for those outside the alphabet.
    private let values: [UInt8]
    private static let invalid: UInt8 = 0xFF

    /// RFC 4648 section 4.
    package static let standard = Base64("+/")
    /// RFC 4648 section 5.
    static let url = Base64("-_")

    private init(_ lastTwo: String) {
        characters = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + lastTwo).utf8)
        var values = [UInt8](repeating: Self.invalid, count: 256)
        for (value, character) in characters.enumerated() { values[Int(character)] = UInt8(value) }
        self.values = values
    }

    /// The bytes that unpadded characters stand for, or nil unless they are the one way to write them.
    func decode(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let rest = input.count % 4
        guard rest != 1 else { return nil }
        let groups = input.count / 4
        var seen: UInt8 = 0  // collects every value, so that one test at the end finds an invalid one
        var unused: UInt8 = 0
        let output = values.withUnsafeBufferPointer { values in
            [UInt8](unsafeUninitializedCapacity: groups * 3 + max(0, rest - 1)) { output, count in
                for group in 0..<groups {
                    let a = values[Int(input[group * 4])]
                    let b = values[Int(input[group * 4 + 1])]
                    let c = values[Int(input[group * 4 + 2])]
                    let d = values[Int(input[group * 4 + 3])]
                    seen |= a | b | c | d
                    output[group * 3] = a << 2 | b >> 4
                    output[group * 3 + 1] = b << 4 | c >> 2
                    output[group * 3 + 2] = c << 6 | d
                }
                count = groups * 3
                guard rest > 1 else { return }
                let a = values[Int(input[groups * 4])]
                let b = values[Int(input[groups * 4 + 1])]
                seen |= a | b
                output[count] = a << 2 | b >> 4
                unused = b << 4
                count += 1
                guard rest > 2 else { return }
                let c = values[Int(input[groups * 4 + 2])]
                seen |= c
                output[count] = b << 4 | c >> 2
                unused = c << 6
                count += 1
            }
        }
        return seen & 0xC0 == 0 && unused == 0 ? output : nil
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
