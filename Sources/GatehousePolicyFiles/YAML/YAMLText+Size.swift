#if PolicyFiles
import GatehouseBase

extension YAMLText {
    /// The largest number of positions in a document at which a value may begin.
    ///
    /// Yams takes about a microsecond and 200 bytes for each, far more than for a byte. A text of 32 MiB may have 16 million of them, and
    /// 32 MiB of roles have 5 million.
    static let maximumPlaces = 6 << 20

    /// The first position beyond the limit at which a value may begin; `nil` for a text within the limit.
    ///
    /// A value begins at the first character of a line, in a bracket, after a comma, and after a colon or dash with a space. Characters in
    /// quotes and comments count too, except in a line that is only a comment.
    var firstPlaceTooMany: SourcePosition? {
        // Each such position has at least one byte.
        guard bytes.count > Self.maximumPlaces else { return nil }
        var count = 0
        var isAtStart = true  // only blanks precede in the line
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

    /// Returns the position of a byte of the text.
    private func position(at index: Int) -> SourcePosition {
        var cursor = LineCursor()
        for byte in bytes[..<index] { cursor.advance(over: byte) }
        return cursor.position
    }
}
#endif
