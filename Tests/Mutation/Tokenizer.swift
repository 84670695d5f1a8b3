/// A piece of Swift source. A comment is one piece, and so is a string literal with all that is interpolated in it.
struct Token {
    let text: String
    /// True if it is nothing but spaces or a comment.
    let isSpace: Bool
    /// The beginning, from 1.
    let line: Int
    /// The text in the rewritten source.
    var written: String
}

/// Splits Swift source just far enough to find its operators and conditions; joined, the pieces are the source again.
struct Tokenizer {
    private let source: [UInt8]
    private var position = 0
    private var line = 1

    static func tokens(of text: String) -> [Token] {
        var tokenizer = Tokenizer(source: Array(text.utf8))
        var tokens: [Token] = []
        while let token = tokenizer.next() { tokens.append(token) }
        return tokens
    }

    private init(source: [UInt8]) { self.source = source }

    private mutating func next() -> Token? {
        guard let byte = source[position...].first else { return nil }
        let start = position
        var isSpace = false
        switch byte {
        case _ where begins("//"):
            isSpace = true
            skip { $0 != UInt8(ascii: "\n") }
        case _ where begins("/*"):
            isSpace = true
            while position < source.count, !begins("*/") { position += 1 }
            position += 2
        case _ where Self.isSpace(byte):
            isSpace = true
            skip(Self.isSpace)
        case UInt8(ascii: "\""):
            skipString()
        case _ where begins("#if") || begins("#elseif"):
            skip { $0 != UInt8(ascii: "\n") }
        case UInt8(ascii: "#"), UInt8(ascii: "@"):
            position += 1
            skip(Self.isWord)
        case _ where Self.isWord(byte):
            skip(Self.isWord)
        case _ where Self.isSymbol(byte):
            skip(Self.isSymbol)
        default:
            position += 1
        }
        position = min(position, source.count)
        let text = String(decoding: source[start..<position], as: UTF8.self)
        defer { line += text.utf8.count { $0 == UInt8(ascii: "\n") } }
        return Token(text: text, isSpace: isSpace, line: line, written: text)
    }

    /// From the opening quote to the closing one; what is interpolated counts its parentheses and may hold strings.
    private mutating func skipString() {
        let quote = begins("\"\"\"") ? "\"\"\"" : "\""
        position += quote.utf8.count
        while position < source.count, !begins(quote) {
            if begins("\\(") {
                skipInterpolation()
            } else {
                position += begins("\\") ? 2 : 1
            }
        }
        position += quote.utf8.count
    }

    private mutating func skipInterpolation() {
        position += 1  // the backslash
        var depth = 0
        repeat {
            if begins("\"") {
                skipString()
            } else {
                if begins("(") { depth += 1 }
                if begins(")") { depth -= 1 }
                position += 1
            }
        } while depth > 0 && position < source.count
    }

    private func begins(_ text: String) -> Bool { source[min(position, source.count)...].starts(with: text.utf8) }

    private mutating func skip(_ isIncluded: (UInt8) -> Bool) {
        while position < source.count, isIncluded(source[position]) { position += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") }
    private static func isSymbol(_ byte: UInt8) -> Bool { "+-*/=<>!&|^~?%.".utf8.contains(byte) }
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "`"), 0x80...:
            true
        default: false
        }
    }
}
