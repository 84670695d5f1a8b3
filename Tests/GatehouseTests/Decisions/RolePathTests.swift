import Gatehouse
import Testing

@Suite("A path is its roles' names")
struct RolePathTests {
    @Test("in their order")
    func names() {
        #expect(RolePath(["a", "b"]).names == ["a", "b"])
        #expect(RolePath([]).names == [])
    }

    @Test(
        "two are equal where all names are, by bytes",
        arguments: [
            (["a"], ["a"], true), (["a", "b"], ["a", "b"], true), ([], [], true), (["a"], ["b"], false),
            (["a"], ["a", "b"], false), (["a", "b"], ["b"], false), (["b", "a"], ["a", "b"], false), ([], ["a"], false),
            (["\u{E9}"], ["e\u{301}"], false),
        ]
    )
    func equality(lhs: [String], rhs: [String], areEqual: Bool) {
        #expect((RolePath(lhs) == RolePath(rhs)) == areEqual)
        #expect(!areEqual || RolePath(lhs).hashValue == RolePath(rhs).hashValue)
    }
}
