#if PolicyFiles
import GatehouseBase

extension YAMLText {
    /// How many places at which a value may begin a document has at most.
    ///
    /// Yams takes about a microsecond and 200 bytes for each, far more than for a byte; 32 MiB may have 16 million
    /// of them, where 32 MiB of roles have 5 million.
    static let maximumPlaces = 6 << 20

    /// The first place too many at which a value may begin; `nil` for a text of bearable size.
    ///
    /// A value begins at a line's first character, in a bracket, or behind a comma, or a colon or dash that a space
    /// follows. What stands in quotes and comments is counted too, except a line that is only a comment.
    var firstPlaceTooMany: SourcePosition? {
        // Each such place has a byte of its own.
        guard bytes.count > Self.maximumPlaces else { return nil }
        var count = 0
        var isAtStart = true  // nothing but blanks stands before in the line
        var isComment = false
        var previous: UInt8 = 0x0A
        for (index, byte) in bytes.enumerated() {
            let before = previous
            previous = byte
            if byte == 0x0A || byte == 0x0D {
                if !isComment && (before == UInt8(ascii: ":") || before == UInt8(ascii: "-")) { count += 1 }
                isAtStart = true
                isComment = false
            } else if isComment {
                continue
            } else if byte == 0x20 || byte == 0x09 {
                if before == UInt8(ascii: ":") || before == UInt8(ascii: "-") { count += 1 }
            } else {
                isComment = isAtStart && byte == UInt8(ascii: "#")
                if isAtStart && !isComment { count += 1 }
                isAtStart = false
                switch byte {
                case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","): count += 1
                case UInt8(ascii: ":") where before == UInt8(ascii: "\"") || before == UInt8(ascii: "'"): count += 1
                default: break
                }
            }
            if count > Self.maximumPlaces { return position(at: bytes.startIndex + index) }
        }
        return nil
    }

    /// The position of a byte of the text.
    private func position(at index: Int) -> SourcePosition {
        var cursor = LineCursor()
        for byte in bytes[..<index] { cursor.advance(over: byte) }
        return cursor.position
    }
}
#endif
