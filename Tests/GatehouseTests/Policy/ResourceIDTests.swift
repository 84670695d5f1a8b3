import Gatehouse
import Testing

@Suite("A resource is a type of one segment and an id that is not empty")
struct ResourceIDTests {
    @Test(
        "a resource is made of its parts, and of a text that is split at the first colon",
        arguments: [
            ("doc", "42", true), ("doc", "a:b", true), ("doc", "", false), ("", "42", false), ("a b", "42", false),
            ("d\u{F6}c", "42", false), ("doc", " ", true),
        ]
    )
    func parts(type: String, id: String, isResource: Bool) {
        #expect((ResourceID(type: type, id: id) != nil) == isResource)
        #expect(ResourceID("\(type):\(id)") == ResourceID(type: type, id: id))
    }

    @Test("a text without a colon is no resource")
    func noColon() {
        #expect(ResourceID("doc") == nil)
    }
}
