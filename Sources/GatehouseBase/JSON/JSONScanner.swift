/// A strict scanner that makes the entries of a ``JSONDocument``. Every byte is read through `current`, which checks the bounds.
struct JSONScanner {
    private(set) var entries: [JSONEntry] = []
    var unescaped: [UInt8] = []
    var index = 0
    private let maximumDepth: Int

    init(count: Int, maximumDepth: Int) {
        self.maximumDepth = maximumDepth
        entries.reserveCapacity(min(64, count / 8 + 4))
    }

    mutating func scan(_ input: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        guard input.count < Int(UInt32.max) else { throw JSONError(.tooLong, at: 0) }  // offsets are UInt32
        skipWhitespace(input)
        try scanValue(input, depth: 0)
        skipWhitespace(input)
        guard index == input.count else { throw JSONError(.trailingContent, at: index) }
    }

    /// Returns the byte at `index`; `nil` at the end.
    func current(_ input: UnsafeBufferPointer<UInt8>) -> UInt8? {
        index < input.count ? input[index] : nil
    }

    private mutating func skipWhitespace(_ input: UnsafeBufferPointer<UInt8>) {
        while let byte = current(input), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func scanValue(_ input: UnsafeBufferPointer<UInt8>, depth: Int) throws(JSONError) {
        guard let byte = current(input) else { throw JSONError(.unexpectedEnd, at: index) }
        switch byte {
        case UInt8(ascii: "{"): try scanObject(input, depth: depth + 1)
        case UInt8(ascii: "["): try scanArray(input, depth: depth + 1)
        case UInt8(ascii: "\""): entries.append(try scanString(input))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): entries.append(try scanNumber(input))
        case UInt8(ascii: "t"): try scanLiteral("true", .true, input)
        case UInt8(ascii: "f"): try scanLiteral("false", .false, input)
        case UInt8(ascii: "n"): try scanLiteral("null", .null, input)
        default: throw JSONError(.unexpectedByte, at: index)
        }
    }

    private mutating func scanLiteral(
        _ literal: StaticString,
        _ kind: JSONEntry.Kind,
        _ input: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) {
        let start = index
        for offset in 0..<literal.utf8CodeUnitCount {
            guard let byte = current(input) else { throw JSONError(.unexpectedEnd, at: index) }
            guard byte == literal.utf8Start[offset] else { throw JSONError(.unexpectedByte, at: index) }
            index += 1
        }
        entries.append(entry(kind, at: start))
    }

    private mutating func scanArray(_ input: UnsafeBufferPointer<UInt8>, depth: Int) throws(JSONError) {
        let container = try open(.array, input, depth: depth)
        if current(input) != UInt8(ascii: "]") {
            while true {
                try scanValue(input, depth: depth)
                guard try continues(until: UInt8(ascii: "]"), input) else { break }
            }
        }
        close(container)
    }

    private mutating func scanObject(_ input: UnsafeBufferPointer<UInt8>, depth: Int) throws(JSONError) {
        let container = try open(.object, input, depth: depth)
        var count = 0
        if current(input) != UInt8(ascii: "}") {
            while true {
                guard let quote = current(input) else { throw JSONError(.unexpectedEnd, at: index) }
                guard quote == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: index) }
                entries.append(try scanString(input))
                skipWhitespace(input)
                guard let colon = current(input) else { throw JSONError(.unexpectedEnd, at: index) }
                guard colon == UInt8(ascii: ":") else { throw JSONError(.unexpectedByte, at: index) }
                index += 1
                skipWhitespace(input)
                try scanValue(input, depth: depth)
                count += 1
                guard try continues(until: UInt8(ascii: "}"), input) else { break }
            }
        }
        close(container)
        try requireUniqueNames(of: container, count: count, input)
    }

    private mutating func open(
        _ kind: JSONEntry.Kind,
        _ input: UnsafeBufferPointer<UInt8>,
        depth: Int
    ) throws(JSONError) -> Int {
        guard depth <= maximumDepth else { throw JSONError(.tooDeep, at: index) }
        entries.append(entry(kind, at: index))
        index += 1
        skipWhitespace(input)
        return entries.count - 1
    }

    private mutating func close(_ container: Int) {
        index += 1
        entries[container].next = UInt32(truncatingIfNeeded: entries.count)
    }

    /// Goes on after an element. Returns true after a comma and its white space, and false before the closing bracket.
    private mutating func continues(
        until closing: UInt8,
        _ input: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) -> Bool {
        skipWhitespace(input)
        switch current(input) {
        case closing: return false
        case UInt8(ascii: ","):
            index += 1
            skipWhitespace(input)
            return true
        case nil: throw JSONError(.unexpectedEnd, at: index)
        default: throw JSONError(.unexpectedByte, at: index)
        }
    }

    /// Makes an entry that starts at `offset`. No conversion loses bits, since the text was checked to be shorter than UInt32.max.
    func entry(_ kind: JSONEntry.Kind, at offset: Int, content: Range<Int> = 0..<0) -> JSONEntry {
        JSONEntry(
            kind: kind,
            offset: UInt32(truncatingIfNeeded: offset),
            start: UInt32(truncatingIfNeeded: content.lowerBound),
            end: UInt32(truncatingIfNeeded: content.upperBound),
            next: UInt32(truncatingIfNeeded: entries.count + 1)
        )
    }
}
