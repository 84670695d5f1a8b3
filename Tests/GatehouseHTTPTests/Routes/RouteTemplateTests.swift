import GatehouseHTTP
import Testing

@Suite("A route template is read, or refused with the place of its mistake")
struct RouteTemplateTests {
    @Test(
        "a template is kept as it was written",
        arguments: ["/", "/**", "/a", "/a/", "/a/{b}/*/c-d.e/**", "/@me", "/a:b", "/{x_y-1}", "/a=1,2"]
    )
    func accepted(text: String) throws {
        #expect(try RouteTemplate(text).description == text)
    }

    @Test(
        "a malformed template is refused with the place",
        arguments: [
            ("", "no-leading-slash", 0), ("a", "no-leading-slash", 0), ("**", "no-leading-slash", 0),
            ("//", "empty-segment", 1), ("/a//b", "empty-segment", 3), ("/./a", "dot-segment", 1),
            ("/a/..", "dot-segment", 3), ("/**/a", "rest-not-last", 1), ("/a/**/", "rest-not-last", 3),
            ("/a*", "partial-wildcard", 2), ("/a/***", "partial-wildcard", 3), ("/a b", "invalid-character", 2),
            ("/a?b", "invalid-character", 2), ("/a;b", "invalid-character", 2), ("/%41", "invalid-character", 1),
            ("/caf\u{e9}", "invalid-character", 4), ("/a\n", "invalid-character", 2), ("/{}", "invalid-placeholder", 1),
            ("/{a", "invalid-placeholder", 1), ("/a/x{b}", "invalid-placeholder", 3),
            ("/{a.b}", "invalid-placeholder", 1),
            ("/{a}/{a}", "repeated-placeholder", 5), ("/{a}}", "invalid-placeholder", 1),
        ]
    )
    func refused(text: String, code: String, offset: Int) {
        let error = #expect(throws: RouteTemplateError.self) { try RouteTemplate(text) }
        #expect(error?.code.rawValue == code)
        #expect(error?.offset == offset)
        #expect(error?.description.contains("at byte \(offset) ") == true)
    }

    @Test("the placeholders are told in their order")
    func placeholders() throws {
        #expect(try RouteTemplate("/orgs/{org}/*/{id}").placeholders == ["org", "id"])
    }
}
