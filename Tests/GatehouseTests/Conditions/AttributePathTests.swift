import Gatehouse
import Testing

@Suite("A text that should be a path and is none is a finding that says why")
struct AttributePathTests {
    @Test(
        "each in its own words",
        arguments: [
            ("context.a", "it must begin with $"), ("$$context.a", "it must begin with $"),
            ("", "it must begin with $"),
            ("$context", "a dot and a name"), ("$", "a dot and a name"), ("$context.", "empty part"),
            ("$context..a", "empty part"), (".", "it must begin with $"), ("$.a", "begins with none of"),
            ("$request.a", "begins with none of"), ("$principal.name", "and nothing else"),
        ]
    )
    func message(path: String, message: String) {
        let policy = Policy(rules: [Rule("r", .deny, "x", to: Rule.everyone, when: .exists(path))])
        #expect(policy.findings().map(\.code) == [.invalidCondition])
        #expect(policy.findings().allSatisfy { $0.message.contains(message) })
    }

    @Test(
        "a path leads from one of the four roots",
        arguments: [
            "$principal.id", "$principal.organization", "$principal.roles", "$principal.attributes",
            "$principal.attributes.a.b", "$resource.type", "$resource.id", "$resource.a", "$action.name", "$action.a.b",
            "$context.a", "$context.a.b.c",
        ]
    )
    func sound(path: String) {
        let policy = Policy(rules: [Rule("r", .deny, "x", to: Rule.everyone, when: .exists(path))])
        #expect(policy.findings().filter { $0.code == .invalidCondition }.isEmpty)
    }
}
