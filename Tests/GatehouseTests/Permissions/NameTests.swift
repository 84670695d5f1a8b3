import Gatehouse
import Testing

@Suite("Permission names and patterns have one shape, by bytes")
struct NameTests {
    private static let long = String(repeating: "a", count: 256)
    private static let manySegments = Array(repeating: "a", count: 16).joined(separator: ":")

    @Test(
        "a well-formed name is a permission",
        arguments: ["a", "org:invoices:read", "A-Z_0.9:x", long, manySegments, "org:sys_memberships:read"]
    )
    func accepts(name: String) throws {
        #expect(try Permission(validating: name).name == name)
        #expect(try PermissionPattern(validating: name).text == name)
    }

    @Test(
        "a text of another form is no permission",
        arguments: [
            "", ":", "a:", ":a", "a::b", "a b", "a/b", "ä", "\u{212A}", "a\u{0}", "a\n", "*", "a:*", "a:**", "inv*",
            long + "a", manySegments + ":a",
        ]
    )
    func refuses(name: String) {
        #expect(throws: NameError.self) { try Permission(validating: name) }
    }

    @Test(
        "a wildcard is a whole segment, and ** only the last",
        arguments: [
            ("*", true), ("**", true), ("a:*", true), ("*:a", true), ("a:**", true), ("*:**", true), ("a:*:b", true),
            ("inv*", false), ("***", false), ("**:a", false), ("a:**:b", false), ("a:*b", false), ("a:", false),
            ("", false), ("a:?", false), (manySegments + ":*", false), (long + "*", false), (long + ":*", false),
        ]
    )
    func patterns(text: String, isPattern: Bool) {
        #expect(((try? PermissionPattern(validating: text)) != nil) == isPattern)
    }

    @Test(
        "a pattern matches by segments",
        arguments: [
            ("a:b", "a:b", true), ("a:b", "a:B", false), ("a:b", "a", false), ("a", "a:b", false),
            ("*", "a", true), ("*", "a:b", false), ("a:*", "a:b", true), ("a:*", "a", false), ("a:*", "a:b:c", false),
            ("*:b", "a:b", true), ("a:*:c", "a:b:c", true), ("a:*:c", "a:b:d", false),
            ("**", "a", true), ("**", "a:b:c", true), ("a:**", "a:b", true), ("a:**", "a:b:c", true),
            ("a:**", "a", false), ("a:**", "b:a", false), ("*:**", "a", false), ("*:**", "a:b", true),
            ("ab:*", "a:b", false), ("a:b", "a:bc", false),
        ]
    )
    func matching(pattern: String, name: String, matches: Bool) throws {
        let permission = try Permission(validating: name)
        #expect(try PermissionPattern(validating: pattern).matches(permission) == matches)
        #expect(ReferenceEvaluator.matches(pattern, name) == matches)
    }

    @Test("permissions are equal where their bytes are", arguments: ["a", "org:invoices:read", long])
    func equality(name: String) throws {
        let permission = try Permission(validating: name)
        #expect(try permission == Permission(validating: name))
        #expect(try Set([permission]).contains(Permission(validating: name)))
        for other in [name.uppercased(), String(name.dropLast()) + "b", "b"] {
            #expect(try permission != Permission(validating: other))
        }
    }

    @Test("a bad name in a message has no line break and is short")
    func message() throws {
        let error = #expect(throws: NameError.self) {
            try Permission(validating: "a\r\n\u{202E}" + String(repeating: "x", count: 1_000))
        }
        #expect(error?.text == #"a\u{d}\u{a}\u{202e}"# + String(repeating: "x", count: 60) + "…")
    }
}
