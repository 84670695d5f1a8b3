#if PolicyFiles
import GatehouseBase

/// The characters that were inserted into a text to distinguish equal keys, with their columns.
struct KeyMarks: Sendable {
    /// The sorted columns of the inserted characters in each line, counted in the original text.
    private var columns: [Int: [Int]] = [:]

    /// Inserts a character into the key at a position of the current text.
    ///
    /// - Returns: False if no scalar stands at the position. A list or mapping as a key cannot take a character.
    mutating func insert(_ mark: Unicode.Scalar, at key: SourcePosition, into text: inout [UInt8]) -> Bool {
        guard var offset = Self.offset(of: key, in: text) else { return false }
        var column = original(key).column
        if offset < text.count {
            switch text[offset] {
            case UInt8(ascii: "["), UInt8(ascii: "{"): return false
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                offset += 1
                column += 1
            default: break
            }
        }
        text.insert(contentsOf: String(mark).utf8, at: offset)
        let line = columns[key.line] ?? []
        columns[key.line] = (line + [column]).sorted()
        return true
    }

    /// Returns the position in the original text that belongs to a position in the current text.
    func original(_ position: SourcePosition) -> SourcePosition {
        guard !columns.isEmpty, let inserted = columns[position.line] else { return position }
        let before = inserted.enumerated().count { index, column in column + index < position.column }
        return SourcePosition(line: position.line, column: position.column - before)
    }

    static func offset(of position: SourcePosition, in text: [UInt8]) -> Int? {
        var cursor = LineCursor()
        var offset = 0
        while offset < text.count, cursor.position < position {
            cursor.advance(over: text[offset])
            offset += 1
        }
        while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }  // skip the rest of the last character
        return cursor.position == position ? offset : nil
    }
}
#endif
