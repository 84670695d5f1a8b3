#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("Hostile documents are refused soon, and crash nothing", .serialized)
struct HostileTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var make: @Sendable () -> String
        var codes: [Finding.Code] = [.syntax]

        init(_ name: String, _ codes: [Finding.Code] = [.syntax], _ make: @escaping @Sendable () -> String) {
            testDescription = name
            self.make = make
            self.codes = codes
        }
    }

    private static func bomb(_ line: (Int) -> String) -> String {
        "gatehouse: 1\na0: &a0 [x]\n" + (1...60).map { line($0) + "\n" }.joined()
    }

    @Test(
        "each hostile document is answered within its time",
        .timeLimit(.minutes(1)),
        arguments: [
            Row("aliases as values") { bomb { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" } },
            Row("aliases as keys") { bomb { "a\($0): &a\($0) {*a\($0 - 1) : 1, x: *a\($0 - 1)}" } },
            Row("aliases as complex keys") { bomb { "? &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n: 1" } },
            Row("aliases behind quotes") {
                "\"'\": 1\n" + bomb { "a\($0): &a\($0) {\"q\":*a\($0 - 1),? *a\($0 - 1) : 1}" }
            },
            Row("complex keys in one another") {
                String(repeating: "? ", count: 900) + "[" + String(repeating: "x,", count: 1 << 18) + "x]"
            },
            Row("lists as keys in one another") {
                "gatehouse: 1\nx: " + String(repeating: "[", count: 400) + String(repeating: "]: 1", count: 400)
            },
            Row("mappings as keys in one another") {
                "gatehouse: 1\nx: " + String(repeating: "{", count: 200) + "a"
                    + String(repeating: ": 1}", count: 200)
            },
            Row("many brackets") { String(repeating: "[", count: 1 << 20) },
            Row("many braces") { String(repeating: "{a: ", count: 1 << 18) },
            Row("many braces, JSON") { String(repeating: #"{"a":"#, count: 2 << 20) },
            Row("many dashes") { String(repeating: "- ", count: 1 << 19) },
            Row("many question marks") { String(repeating: "? ", count: 1 << 17) },
            Row("many colons") { String(repeating: ": ", count: 1 << 18) },
            Row("many stars") { String(repeating: "*", count: 1 << 17) },
            Row("900 brackets, closed") {
                "gatehouse: 1\nx: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
            },
            Row("pairs in lists in one another") {
                "gatehouse: 1\nx: " + String(repeating: "[a: ", count: 900) + String(repeating: "]", count: 900)
            },
            Row("900 indented mappings") {
                "gatehouse: 1\n" + (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
            },
            Row("400 indented lists") {
                "gatehouse: 1\n"
                    + (0..<900).map {
                        String(repeating: " ", count: $0 * 2) + "a:\n" + String(repeating: " ", count: $0 * 2)
                            + "- b: 1\n"
                    }.joined()
            },
            Row("100 keys that stand twice") { "gatehouse: 1\n" + (0..<200).map { "k\($0 / 2): 1\n" }.joined() },
            Row("a key that stands 200 times") { "gatehouse: 1\n" + String(repeating: "k: 1\n", count: 200) },
            Row("a key that stands 20,000 times") {
                "gatehouse: 1\n" + String(repeating: "k: 1\n", count: 20_000)
            },
            Row("every character of the private use area") {
                "# "
                    + String(
                        String.UnicodeScalarView((0xE000...0xF8FF).compactMap { Unicode.Scalar($0 as UInt32) })
                    ) + "\ngatehouse: 1"
            },
            Row("a wide list", [.unknownKey]) {
                "gatehouse: 1\nx: [" + String(repeating: "a,", count: 100_000) + "a]"
            },
            Row("a wide list in a condition", [.invalidCondition]) {
                "gatehouse: 1\nrules: [{ id: a, effect: deny, roles: '*', permissions: [x], when: { in: [x, ["
                    + String(repeating: "1,", count: 20_000) + "$]] } }]"
            },
            Row("many operators in one another", [.invalidCondition]) {
                #"{"gatehouse":1,"rules":[{"id":"a","effect":"deny","roles":"*","permissions":["x"],"when":"#
                    + String(repeating: #"{"all":["#, count: 29) + #"{"all":[]}"#
                    + String(repeating: "]}", count: 29) + "}]}"
            },
            Row("many rules that say nothing", Array(repeating: .invalidRule, count: 20_000)) {
                "gatehouse: 1\nrules: [" + String(repeating: "1,", count: 20_000) + "]"
            },
            Row("a long line of text", [.unknownKey]) {
                "gatehouse: 1\nx: \"" + String(repeating: "é", count: 1 << 20) + "\""
            },
            Row("20,000 roles", [.emptyRole]) {
                "gatehouse: 1\nroles:\n"
                    + (0..<20_000).map { "  r\($0): { inherits: [\($0 == 0 ? "" : "r\($0 - 1)")] }\n" }.joined()
            },
            Row("many line breaks", []) { "gatehouse: 1" + String(repeating: "\n", count: 1 << 20) },
            Row("a line of indicators", [.unknownKey]) {
                "gatehouse: 1\nx: \"" + String(repeating: "&*!?", count: 1 << 16) + "\""
            },
            Row("texts with indicators", [.unknownKey]) {
                "gatehouse: 1\nx: [" + String(repeating: "a&,", count: 1 << 15) + "a]"
            },
            Row("an error behind many texts") { "gatehouse: 1\nx: [" + String(repeating: "\"&a\",", count: 1 << 15) },
            Row("20,000 mappings with a key twice") {
                "gatehouse: 1\nx: [" + String(repeating: "{a: 1, a: 2},", count: 20_000) + "]"
            },
            Row("more values than there may be") {
                "gatehouse: 1\nx: [" + String(repeating: ",", count: 5 << 20) + "]"
            },
            Row("many comments", []) { "gatehouse: 1\n" + String(repeating: "# &*!?\n", count: 100_000) },
        ]
    )
    func hostile(row: Row) {
        let text = row.make()
        let document = PolicyDocument(reading: Array(text.utf8))
        #expect(document.findings.map(\.code) == row.codes)
    }

    @Test("a text over 32 MiB is not read")
    func tooLong() {
        let limit = PolicyDocument.maximumBytes
        let padding = Array(repeating: UInt8(ascii: " "), count: limit - 12)
        #expect(PolicyDocument(reading: Array("gatehouse: 1".utf8) + padding).findings.isEmpty)
        #expect(
            PolicyDocument(reading: Array("gatehouse: 1".utf8) + padding + [0x20]).findings.map(\.code) == [.syntax]
        )
    }

    @Test("64 levels are read, the 65th is an error where it begins", arguments: [63, 64, 65])
    func depth(levels: Int) {
        // The document is a level itself, and an unknown key holds the others.
        let open = String(repeating: "[", count: levels - 1)
        let close = String(repeating: "]", count: levels - 1)
        let yaml = PolicyDocument(reading: Array("gatehouse: 1\nx: \(open)\(close)".utf8)).findings
        let json = PolicyDocument(reading: Array("{\"gatehouse\":1,\"x\":\(open)\(close)}".utf8)).findings
        let expected: Finding.Code = levels > 64 ? .syntax : .unknownKey
        #expect(yaml.map(\.code) == [expected])
        #expect(json.map(\.code) == [expected])
        if levels > 64 { #expect(yaml.first?.position == SourcePosition(line: 2, column: 4 + 63)) }
        if levels > 64 { #expect(json.first?.position == SourcePosition(line: 1, column: 20 + 63)) }
    }

    @Test("the second of two keys is found by its indentation in a text too long to be composed again")
    func duplicateInLongText() {
        let padding = "# " + String(repeating: "-", count: 4 << 20) + "\n"
        for text in [
            "gatehouse: 1\nroles:\n  a:\n    grants: []\n  b:\n    grants: []\n\n# c\n  ‸a: {}\n",
            "gatehouse: 1\nroles:\n  a:\n    grants: []\n    denies: []\n    ‸grants: []\n  b:\n    grants: []\n",
            "gatehouse: 1\nroles: { a: {}, ‸b: {}, b: {} }\n",
        ] {
            MarkedDocument(.syntax, in: text + padding).expectFindings()
        }
    }

    @Test("a character that an escape writes is not taken for a masked indicator")
    func escapedPrivateUse() throws {
        let text = "gatehouse: 1\nroles: { r: {} }\nassignments:\n- { principal: \"\\uE000\\U0000E001&\", role: r }\n"
        let policy = try #require(PolicyDocument(reading: Array(text.utf8)).policy)
        #expect(
            policy.assignments.map(\.principal).map { Array($0.unicodeScalars) } == [["\u{E000}", "\u{E001}", "&"]]
        )
    }

    @Test("keys compare by bytes, not by their looks")
    func canonicalEquivalence() {
        MarkedDocument(
            .invalidName,
            .invalidName,
            in: "gatehouse: 1\nroles: { ‸\"\u{E9}\": {}, ‸\"e\u{301}\": {} }"
        ).expectFindings()
        MarkedDocument(.invalidName, in: "gatehouse: 1\nroles: { ‸\"\\uFEFFa\": {}, a: {} }").expectFindings()
    }
}
#endif
