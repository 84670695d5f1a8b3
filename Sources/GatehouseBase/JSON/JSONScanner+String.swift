extension JSONScanner {
    /// Scans a string whose opening quote stands at `index`.
    mutating func scanString(_ input: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSONEntry {
        let quote = index
        index += 1
        let start = index
        skipPlain(input)
        while let byte = current(input) {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return entry(.string, at: quote, content: start..<(index - 1))
            case UInt8(ascii: "\\"):
                return try scanEscapedString(input, quote: quote, start: start)
            default:
                index += try scalarLength(input)
                skipPlain(input)
            }
        }
        throw JSONError(.unexpectedEnd, at: index)
    }

    /// Skips ASCII characters that need no treatment, eight bytes at a time. Nearly all of a token consists of them.
    ///
    /// The high bit of each lane is set for a byte outside ASCII, below the space, or equal to a quote or a backslash. A borrow may set the
    /// bit wrongly, but only behind a lane that has the bit rightly, and only the first bit counts.
    private mutating func skipPlain(_ input: UnsafeBufferPointer<UInt8>) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let bytes = UnsafeRawBufferPointer(input)
        while index + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quotes = (word ^ (ones &* 0x22)) &- ones
            let backslashes = (word ^ (ones &* 0x5C)) &- ones
            let controls = word &- (ones &* 0x20)
            let special = (word | controls | quotes | backslashes) & (ones &* 0x80)
            guard special == 0 else {
                index += special.trailingZeroBitCount / 8
                return
            }
            index += 8
        }
        while index < input.count, (0x20..<0x80).contains(input[index]), input[index] != 0x22, input[index] != 0x5C {
            index += 1
        }
    }

    /// Scans the rest of a string whose first escape stands at `index`, and appends its content to `unescaped`.
    private mutating func scanEscapedString(
        _ input: UnsafeBufferPointer<UInt8>,
        quote: Int,
        start: Int
    ) throws(JSONError) -> JSONEntry {
        let contentStart = unescaped.count
        unescaped.append(contentsOf: input[start..<index])
        while let byte = current(input) {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                var string = entry(.string, at: quote, content: contentStart..<unescaped.count)
                string.isEscaped = true
                return string
            case UInt8(ascii: "\\"):
                try scanEscape(input)
            default:
                let length = byte >= 0x20 && byte < 0x80 ? 1 : try scalarLength(input)
                unescaped.append(contentsOf: input[index..<(index + length)])
                index += length
            }
        }
        throw JSONError(.unexpectedEnd, at: index)
    }

    private mutating func scanEscape(_ input: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        let backslash = index
        index += 1
        guard let letter = current(input) else { throw JSONError(.unexpectedEnd, at: index) }
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            var value = try scanHexadecimal(input)
            if value & 0xFC00 == 0xD800 {  // a leading surrogate needs a trailing surrogate
                guard current(input) == UInt8(ascii: "\\") else { throw JSONError(.invalidEscape, at: backslash) }
                index += 1
                guard current(input) == UInt8(ascii: "u") else { throw JSONError(.invalidEscape, at: backslash) }
                index += 1
                let trailing = try scanHexadecimal(input)
                guard trailing & 0xFC00 == 0xDC00 else { throw JSONError(.invalidEscape, at: backslash) }
                value = 0x10000 + ((value & 0x3FF) << 10 | trailing & 0x3FF)
            }
            guard let scalar = Unicode.Scalar(value) else { throw JSONError(.invalidEscape, at: backslash) }
            unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: throw JSONError(.invalidEscape, at: backslash)
        }
    }

    private mutating func scanHexadecimal(_ input: UnsafeBufferPointer<UInt8>) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch current(input) {
            case .some(let byte) where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"): digit = byte - 0x30
            case .some(let byte) where byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"):
                digit = (byte | 0x20) - UInt8(ascii: "a") + 10
            case nil: throw JSONError(.unexpectedEnd, at: index)
            default: throw JSONError(.invalidEscape, at: index)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    /// Returns the number of bytes of the scalar at `index`, by table 3-7 of the Unicode standard. An overlong form, a surrogate, and a
    /// value above U+10FFFF are errors. An unescaped control character is an error too.
    private func scalarLength(_ input: UnsafeBufferPointer<UInt8>) throws(JSONError) -> Int {
        let first = input[index]  // the caller has just read this byte
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0x00..<0x20: throw JSONError(.invalidString, at: index)
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw JSONError(.invalidUTF8, at: index)
        }
        guard index + length <= input.count, second.contains(input[index + 1]) else {
            throw JSONError(.invalidUTF8, at: index)
        }
        for offset in 2..<max(2, length) where input[index + offset] & 0xC0 != 0x80 {
            throw JSONError(.invalidUTF8, at: index)
        }
        return length
    }
}
