import GatehouseBase
import Testing

@Suite("A JSON document is read strictly and found again by bytes")
struct JSONDocumentTests {
    @Test(
        "a text that is not strict JSON gives an error with its kind and place",
        arguments: [
            ("", JSONError.Code.unexpectedEnd, 0), ("{\"a\":1", .unexpectedEnd, 6), ("[1,]", .unexpectedByte, 3),
            ("{\"a\":1,}", .unexpectedByte, 7), ("1 2", .trailingContent, 2), ("{\"a\":1}x", .trailingContent, 7),
            ("\u{FEFF}1", .unexpectedByte, 0), ("{'a':1}", .unexpectedByte, 1), ("NaN", .unexpectedByte, 0),
            ("tru", .unexpectedEnd, 3), ("01", .trailingContent, 1), ("-", .invalidNumber, 1),
            ("1.", .invalidNumber, 2),
            ("\"\u{1}\"", .invalidString, 1), ("\"\\x\"", .invalidEscape, 1), ("\"\\ud800\"", .invalidEscape, 1),
            ("\"\\udc00\"", .invalidEscape, 1), ("\"\\ud800\\u0041\"", .invalidEscape, 1),
            ("{\"a\":1,\"a\":2}", .duplicateMember, 7), ("{\"a\":1,\"\\u0061\":2}", .duplicateMember, 7),
            ("{\"o\":{\"b\":1,\"c\":2,\"b\":3}}", .duplicateMember, 18), ("\"eight by\u{7}te\"", .invalidString, 9),
        ]
    )
    func refuses(text: String, code: JSONError.Code, offset: Int) {
        #expect(throws: JSONError(code, at: offset)) { try JSONDocument(parsing: Array(text.utf8)) }
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            [0xFF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xE2, 0x82], [0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]]
    )
    func refusesInvalidUTF8(bytes: [UInt8]) {
        for padding in 0..<9 {  // wherever the word-wise scan stands
            let text = Array("\"".utf8) + [UInt8](repeating: 0x61, count: padding) + bytes + Array("\"".utf8)
            #expect(throws: JSONError(.invalidUTF8, at: 1 + padding)) { try JSONDocument(parsing: text) }
        }
    }

    @Test("every byte is judged alike wherever it stands in a string", arguments: UInt8.min...UInt8.max)
    func everyByte(byte: UInt8) {
        let isPlain = byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        for before in 0..<17 {
            let content =
                [UInt8](repeating: 0x61, count: before) + [byte] + [UInt8](repeating: 0x71, count: 17 - before)
            let text = [0x22] + content + [0x22]
            let read = (try? JSONDocument(parsing: text))?.root.string
            #expect(read == (isPlain ? String(decoding: content, as: UTF8.self) : nil))
        }
    }

    @Test("names that are canonically equal but not the same bytes are two names")
    func canonicalEquivalence() throws {
        let root = try JSONDocument(parsing: Array("{\"K\":1,\"\u{212A}\":2}".utf8)).root
        #expect(root.member("K")?.double == 1)
        #expect(root.member("\u{212A}")?.double == 2)
    }

    @Test("the first duplicate is found among few members and among many", arguments: [2, 16, 17, 200])
    func duplicates(count: Int) throws {
        let members = (0..<count).map { "\"m\($0)\":{\"x\":[]}" }
        let text = "{" + members.joined(separator: ",")
        #expect(
            try JSONDocument(parsing: Array((text + "}").utf8)).root.members.reduce(0) { count, _ in count + 1 }
                == count
        )
        #expect(throws: JSONError(.duplicateMember, at: text.utf8.count + 1)) {
            try JSONDocument(parsing: Array((text + ",\"m0\":1,\"m1\":1}").utf8))
        }
    }

    @Test("depth is bounded, and a text that is all brackets does no harm", arguments: ["[", "{\"a\":"])
    func depth(opening: String) throws {
        let closing = opening == "[" ? "]" : "}"
        func text(_ depth: Int) -> [UInt8] {
            Array((String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)).utf8)
        }
        #expect(try JSONDocument(parsing: text(64)).root.isNull == false)
        #expect(throws: JSONError(.tooDeep, at: 64 * opening.utf8.count)) { try JSONDocument(parsing: text(65)) }
        #expect(throws: JSONError.self) {
            try JSONDocument(parsing: Array(String(repeating: opening, count: 100_000).utf8))
        }
    }

    @Test(
        "escapes are resolved, and written again where they must be",
        arguments: [
            (#""\u0041\n\/\"\\""#, "A\n/\"\\"), (#""\ud83d\ude00x""#, "\u{1F600}x"), (#""a\u0000b""#, "a\0b"),
            (#""plain then \t escaped \u00e9""#, "plain then \t escaped \u{E9}"),
        ]
    )
    func escapes(text: String, meaning: String) throws {
        let string = try #require(try JSONDocument(parsing: Array(text.utf8)).root.string)
        #expect(string.utf8.elementsEqual(meaning.utf8))
        let written = JSONValue.string(string).utf8
        #expect(try JSONDocument(parsing: written).root.string?.utf8.elementsEqual(meaning.utf8) == true)
    }

    @Test(
        "numbers are doubles where those are finite",
        arguments: [
            ("0", 0), ("-0", -0.0), ("1.5", 1.5), ("1e3", 1_000), ("999999999999999", 999_999_999_999_999),
            ("9223372036854775808", 9_223_372_036_854_775_808), ("1e400", nil), ("-1e400", nil), ("1e-400", 0),
        ]
    )
    func numbers(text: String, value: Double?) throws {
        #expect(try JSONDocument(parsing: Array(text.utf8)).root.double == value)
    }

    @Test("a position counts lines, and columns in scalars")
    func positions() throws {
        let root = try JSONDocument(parsing: Array("{\n  \"\u{E9}\u{1F600}\": [true,\n null]}".utf8)).root
        let list = try #require(root.member("\u{E9}\u{1F600}"))
        #expect(list.position == SourcePosition(line: 2, column: 9))
        #expect(
            list.elements.map(\.position) == [SourcePosition(line: 2, column: 10), SourcePosition(line: 3, column: 2)]
        )
    }
}
