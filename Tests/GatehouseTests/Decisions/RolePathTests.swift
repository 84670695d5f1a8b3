import Gatehouse
import Testing

@Suite("The names of a path of roles")
struct RolePathTests {
    @Test("a path gives its roles' names in their order")
    func names() {
        #expect(Decision.RolePath(["a", "b"]).names == ["a", "b"])
        #expect(Decision.RolePath([]).names == [])
    }

    @Test("a path gives no more names than are asked for", arguments: [(0, false), (1, false), (2, true), (3, true)])
    func limit(maximum: Int, areEnough: Bool) {
        #expect(Decision.RolePath(["a", "b"]).names(atMost: maximum) == (areEnough ? ["a", "b"] : nil))
        #expect(Decision.RolePath([]).names(atMost: maximum) == [])
    }

    @Test(
        "two paths are equal where all names are, by bytes",
        arguments: [
            (["a"], ["a"], true), (["a", "b"], ["a", "b"], true), ([], [], true), (["a"], ["b"], false),
            (["a"], ["a", "b"], false), (["a", "b"], ["b"], false), (["b", "a"], ["a", "b"], false), ([], ["a"], false),
            (["\u{E9}"], ["e\u{301}"], false),
        ]
    )
    func equality(lhs: [String], rhs: [String], areEqual: Bool) {
        #expect((Decision.RolePath(lhs) == Decision.RolePath(rhs)) == areEqual)
        #expect(!areEqual || Decision.RolePath(lhs).hashValue == Decision.RolePath(rhs).hashValue)
    }
}
