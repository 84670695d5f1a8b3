#if PolicyFiles
import GatehouseBase

extension KeyMarks {
    /// Where the key at a place of a block mapping seems to stand again in the same mapping, as far as indentation
    /// tells; `nil` if it does not.
    ///
    /// It is one pass over the text, for one that is too long to be composed again.
    static func next(after first: SourcePosition, in text: [UInt8]) -> SourcePosition? {
        guard let start = offset(of: first, in: text), let key = key(at: start, in: text) else { return nil }
        var cursor = LineCursor(at: first)
        var isIndented = false  // nothing but spaces stands before in the line
        for index in start..<text.count {
            if cursor.position.column == 1 { isIndented = true }
            let byte = text[index]
            if isIndented, byte != 0x20, byte != 0x0A, byte != 0x0D {
                isIndented = false
                let column = cursor.position.column
                if byte != UInt8(ascii: "#"), cursor.position.line > first.line {
                    if column < first.column { return nil }
                    if column == first.column, self.key(at: index, in: text) == key { return cursor.position }
                }
            }
            cursor.advance(over: byte)
        }
        return nil
    }

    /// The bytes from an index to the colon that ends a key, in the same line.
    private static func key(at start: Int, in text: [UInt8]) -> ArraySlice<UInt8>? {
        var index = start
        while index < text.count, text[index] != 0x0A, text[index] != 0x0D {
            let next = index + 1 < text.count ? text[index + 1] : 0x0A
            if text[index] == UInt8(ascii: ":"), [0x20, 0x09, 0x0A, 0x0D].contains(next) { return text[start..<index] }
            index += 1
        }
        return nil
    }
}
#endif
