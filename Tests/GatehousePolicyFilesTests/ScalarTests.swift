#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("Plain scalars have the meanings of the YAML 1.2 core schema")
struct ScalarTests {
    @Test(
        "these scalars are strings",
        arguments: [
            "yes", "no", "on", "off", "Yes", "y", "n", "tRUE", "nULL", "nul", "2026-01-01", "2026-01-01T00:00:00Z",
            "12:30:45", "1_000",
            "0b11", "0o8", "0xg", "0o", "0x", "-0x1", "+0o7", "1e", "1e+", ".", "..", "+", "-.", ".e1",
            "1.2.3", "inf", "nan",
            "-.nan", "+.nan", ".iNF", "1a", "0 1", "=", "a", "\"1\"", "'true'", "\"\"", "'~'", "|\n      1",
            ">-\n      null",
        ]
    )
    func strings(scalar: String) {
        #expect(findings(description: scalar).isEmpty, "\(findings(description: scalar))")
    }

    @Test(
        "these scalars are no strings",
        arguments: [
            "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "0", "-0", "+1",
            "007", "0777", "0o17", "0xFf",
            "1.", ".5", "-.5", "+1.5e-3", "1e3", "1E+3", "0.", "00.5", ".inf", "-.Inf", "+.INF", ".nan", ".NaN",
            ".NAN",
            "99999999999999999999", "0xFFFFFFFFFFFFFFFFFF", "1e999", "# comment", "1 # comment",
        ]
    )
    func others(scalar: String) {
        #expect(findings(description: scalar).map(\.code) == [.syntax])
    }

    @Test(
        "the format is the integer 1, however it is written",
        arguments: [
            ("1", true), ("01", true), ("+1", true), ("0x1", true), ("0o1", true), ("1.0", false), ("1e0", false),
            ("-1", false), ("10", false), ("one", false),
        ]
    )
    func format(scalar: String, isSupported: Bool) {
        #expect(PolicyDocument(reading: Array("gatehouse: \(scalar)".utf8)).findings.isEmpty == isSupported)
    }

    private func findings(description: String) -> [Finding] {
        PolicyDocument(reading: Array("gatehouse: 1\nroles:\n  a:\n    description: \(description)\n".utf8))
            .findings.filter { $0.severity == .error }
    }
}
#endif
