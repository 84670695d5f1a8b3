#if PolicyFiles
import GatehouseBase

extension KeyMarks {
    /// Returns the position where the key at a position of a block mapping seems to repeat in the same mapping, as far as indentation
    /// shows; `nil` if the key does not repeat.
    ///
    /// The search goes through the text once. It serves for a text that is too long to be composed again.
    static func next(after first: SourcePosition, in text: [UInt8]) -> SourcePosition? {
        guard let start = offset(of: first, in: text), let key = key(at: start, in: text) else { return nil }
        var cursor = LineCursor(at: first)
        var isIndented = false  // only spaces precede in the line
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

    /// Returns the bytes from an index to the colon that ends a key in the same line; `nil` if the line has no such colon.
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
