#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("A syntax error stands alone, at its place")
struct SyntaxTests {
    @Test(
        "an error of YAML, or of the shape of a policy document, is one finding",
        arguments: [
            "‸", "‸\n\n", "‸# nothing\n", "‸\u{FEFF}", "---\n‸", "‸- a", "‸gatehouse",
            "--- ‸{}",
            "‸roles: {}", "# c\n\n‸roles: {}", "gatehouse: ‸2", "gatehouse: ‸1.0", "gatehouse: ‸\"1\"",
            "gatehouse:‸ ",
            "gatehouse: ‸true", "gatehouse: ‸[1]", "gatehouse: ‸99999999999999999999",
            "gatehouse: 1\ncombining: ‸allow-overrides", "gatehouse: 1\ncombining: ‸1",
            "gatehouse: 1\ncombining:‸ ",
            "gatehouse: 1\n‸gatehouse: 1", "‸roles: {}\ncombining: x",
            // wrong types
            "gatehouse: 1\npermissions: ‸[a]", "gatehouse: 1\npermissions: ‸a", "gatehouse: 1\npermissions:‸",
            "gatehouse: 1\npermissions:\n  a: ‸1", "gatehouse: 1\npermissions:\n  a:‸",
            "gatehouse: 1\npermissions:\n  a: ‸{}",
            "gatehouse: 1\nroles: ‸[]", "gatehouse: 1\nroles: ‸null", "gatehouse: 1\nroles:\n  a: ‸~",
            "gatehouse: 1\nroles:\n  a:‸\n  b: {}", "gatehouse: 1\nroles: {a: ‸[]}", "gatehouse: 1\nroles: {a: ‸b}",
            "gatehouse: 1\nroles: {a: {grants: ‸foo}}", "gatehouse: 1\nroles: {a: {grants: ‸null}}",
            "gatehouse: 1\nroles: {a: {grants: ‸{}}}", "gatehouse: 1\nroles: {a: {grants: [b, ‸1]}}",
            "gatehouse: 1\nroles: {a: {denies: [‸true]}}", "gatehouse: 1\nroles: {a: {inherits: [‸null]}}",
            "gatehouse: 1\nroles: {a: {inherits: [‸[b]]}}", "gatehouse: 1\nroles: {a: {description: ‸1}}",
            "gatehouse: 1\nroles: {a: {description: ‸~}}", "gatehouse: 1\nassignments: ‸{}",
            "gatehouse: 1\nassignments:‸ ",
            // keys
            "gatehouse: 1\nroles:\n  a: {}\n  b: {}\n  ‸a: {}", "gatehouse: 1\nroles:\n  a: {}\n  ‸\"a\": {}",
            "gatehouse: 1\nroles:\n  \"\\u0061\": {}\n  ‸'a': {}",
            "gatehouse: 1\nroles: {a: {}, b: {}, ‸b: {}, a: {}}",
            "gatehouse: 1\nroles:\n  a: {grants: [], ‸grants: []}\n  a: {}",
            "gatehouse: 1\nx: [{a: 1, b: 2, ‸a: 3, a: 4}]",
            "gatehouse: 1\nroles: {‸1: {}}", "gatehouse: 1\nroles: {‸true: {}}", "gatehouse: 1\nroles: {‸null: {}}",
            "gatehouse: 1\nroles:\n  ‸: {}", "gatehouse: 1\nroles: {‸[a]: {}}",
            "gatehouse: 1\nroles: {‸{a: 1}: {}}",
            "gatehouse: 1\nroles:\n  ‸<<: {}", "gatehouse: 1\nroles:\n  ‸? a\n  : {}",
            "gatehouse: 1\nroles: {‸? a : {}}",
            "gatehouse: 1\nroles: {‸[a]: 1, [a]: 1}",
            // indicators
            "gatehouse: 1\nroles:\n  a: ‸&x {}\n  b: *x", "gatehouse: 1\nroles: {a: ‸&x {}}", "‸&x gatehouse: 1",
            "‸&x\ngatehouse: 1", "--- ‸&x\ngatehouse: 1", "gatehouse: ‸!!int 1", "gatehouse: ‸! 1",
            "gatehouse: 1\nroles: ‸!<x> {}",
            "gatehouse: 1\nroles: {a: {grants: [‸*]}}", "gatehouse: 1\nroles:\n  a:\n    grants:\n    - ‸**",
            "gatehouse: 1\nroles:\n  a:\n    grants:\n    - ‸*:read\n",
            "gatehouse: 1\nroles: {a: {description: \"&x *x !x\", grants: [‸*x]}}",
            "gatehouse: 1\n‸*x : {}", "gatehouse: 1\n‸!x y: {}", "gatehouse: 1\nroles: {\"a\":‸*x}",
            "gatehouse: 1\nroles: ‸!<",
            // directives and documents
            "‸%YAML 1.2\n---\ngatehouse: 1", "# c\n \n‸%TAG ! x\n---\ngatehouse: 1",
            "gatehouse: 1\n‸---\ngatehouse: 1",
            "gatehouse: 1\n...\n‸---\n", "‸%", "# c\r\n\r\n‸%YAML 1.1\r\n---\r\ngatehouse: 1",
            "# c\r‸%YAML 1.1\r---\rgatehouse: 1", "gatehouse: 1\r‸gatehouse: 1",
            // characters
            "gatehouse: 1 # ‸\u{0}", "gatehouse: 1 # ‸\u{7}", "gatehouse: 1 # ‸\u{7F}", "gatehouse: 1 # ‸\u{85}",
            "gatehouse: 1 # é‸\u{2028}",
            "gatehouse: 1 # 😀‸\u{FEFF}", "gatehouse: 1 # ‸\u{FFFE}", "gatehouse: 1 # ‸\u{FFFF}",
        ]
    )
    func yaml(marked: String) {
        MarkedDocument(.syntax, in: marked).expectFindings()
    }

    @Test(
        "a text that is not YAML is one finding where it stops being YAML",
        arguments: [
            "gatehouse: 1\n‸\troles: {}", "gatehouse: [1‸", "gatehouse: 1\nroles: ‸]", "gatehouse: \"1‸", "a: b: c",
            "gatehouse: 1\n ‸roles: {}", "gatehouse: \"\\‸q\"", "gatehouse: ‸@x", "gatehouse: ‸`x",
            "gatehouse: |\n  a\n b",
        ]
    )
    func broken(marked: String) {
        let findings = PolicyDocument(reading: MarkedDocument(in: marked).bytes).findings
        #expect(findings.map(\.code) == [.syntax])
        #expect(findings.allSatisfy { $0.position != nil })
    }

    @Test(
        "an error of JSON is one finding",
        arguments: [
            #"{‸"#, #"{"gatehouse":1}‸}"#, #"{"gatehouse":1,‸}"#, #"{‸gatehouse: 1}"#,
            "{\n\"gatehouse\":1,\n ‸\"gatehouse\":1}",
            #"{"a":[{"b":1,‸"\u0062":2}],"a":1}"#, #"{"é":1,‸'a':2}"#, #"‸{}"#, #"{"gatehouse":‸"1"}"#,
            #"{"gatehouse":‸1.0}"#,
            #"{"gatehouse":‸1e0}"#, #"{"gatehouse":1,"combining":‸"x"}"#, #"{"gatehouse":1,"roles":{"a":‸null}}"#,
            #"{"gatehouse":1,"roles":{"a":{"grants":[‸1]}}}"#, #"{"gatehouse":1,"permissions":{"a":‸null}}"#,
            #"{"gatehouse":1,"assignments":‸{}}"#, #"{"gatehouse":1,"assignments":[‸&a {}]}"#,
            "{\"gatehouse\":1} ‸# comment",
        ]
    )
    func json(marked: String) {
        MarkedDocument(.syntax, in: marked).expectFindings()
    }

    @Test(
        "a text that only looks like an indicator is text",
        arguments: [
            "a&b", "a*b", "a!b", "a?b", "?a", "\"&a\"", "\"*\"", "'!a'", "\"?\"", "a # &b *c !d ? e",
            "|\n      &a\n      *b", ">-\n      !a ? b",
            "\"a\n      &b\"", "a\n      *b", "\"\u{E000}\u{E001}\u{F8FF}\"", "\u{E000}a", "-?", "'<<'", "<<",
        ]
    )
    func notIndicators(description: String) throws {
        let document = PolicyDocument(
            reading: Array("gatehouse: 1\nroles:\n  a:\n    description: \(description)\n".utf8)
        )
        #expect(document.findings.allSatisfy { $0.severity == .warning }, "\(document.findings)")
        let read = try #require(document.policy?.roles.first?.description)
        let expected = description.split(separator: " #").first ?? ""
        let letters: (Unicode.Scalar) -> Bool = { !" \n\"'|>-".unicodeScalars.contains($0) }
        #expect(read.unicodeScalars.filter(letters) == String(expected).unicodeScalars.filter(letters))
    }

    @Test(
        "an indicator within a text is not blamed for a later error",
        arguments: [
            "gatehouse: 1\nroles:\n  a: { description: you & me * 2 ! ? }\n  b: }",
            "gatehouse: 1 # &a *b\nroles: [\n]]",
            "gatehouse: 1\nx: \"a: *b\"\n  y: 1", "gatehouse: 1\nroles: { a: { grants: [org:*, b }",
        ]
    )
    func notBlamed(text: String) {
        let findings = PolicyDocument(reading: Array(text.utf8)).findings
        #expect(findings.map(\.code) == [.syntax])
        #expect(findings.first?.message.contains("not supported") == false)
    }

    @Test(
        "the first of several syntax errors is the only finding",
        arguments: [
            "gatehouse: ‸2\nroles: []", "‸roles: []\nx: &a 1", "gatehouse: 1\nroles: ‸[]\nroles: {}",
            "gatehouse: 1\n‸gatehouse: 2\nx: *a",
            "gatehouse: 1\nrules: []\nroles: {a b: {}}\nassignments: ‸1",
        ]
    )
    func first(marked: String) {
        MarkedDocument(.syntax, in: marked).expectFindings()
    }

    @Test(
        "invalid UTF-8 is one finding at its place",
        arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]]
    )
    func invalidUTF8(tail: [UInt8]) {
        let findings = PolicyDocument(reading: Array("gatehouse: 1\n# é".utf8) + tail).findings
        #expect(findings.map(\.code) == [.syntax])
        #expect(findings.first?.position == SourcePosition(line: 2, column: 4))
    }

    @Test("a byte-order mark before YAML is dropped and counts no column")
    func byteOrderMark() {
        MarkedDocument(in: "\u{FEFF}gatehouse: 1").expectFindings()
        let findings = PolicyDocument(reading: Array("\u{FEFF}gatehouse: 2".utf8)).findings
        #expect(findings.first?.position == SourcePosition(line: 1, column: 12))
    }
}
#endif
