extension JSONScanner {
    /// Scans a number: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?` (RFC 8259 section 6).
    mutating func scanNumber(_ input: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSONEntry {
        let start = index
        if current(input) == UInt8(ascii: "-") { index += 1 }
        if current(input) == UInt8(ascii: "0") {
            index += 1
        } else {
            try scanDigits(input)
        }
        if current(input) == UInt8(ascii: ".") {
            index += 1
            try scanDigits(input)
        }
        if let byte = current(input), byte | 0x20 == UInt8(ascii: "e") {
            index += 1
            if let sign = current(input), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { index += 1 }
            try scanDigits(input)
        }
        return entry(.number, at: start, content: start..<index)
    }

    private mutating func scanDigits(_ input: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        let start = index
        while let byte = current(input), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
        guard index > start else { throw JSONError(.invalidNumber, at: index) }
    }
}
