import Gatehouse
import Testing

@Suite("A malformed path is a finding that says why")
struct AttributePathTests {
    @Test(
        "each malformed path has its own message",
        arguments: [
            ("context.a", "it must begin with $"), ("$$context.a", "it must begin with $"),
            ("", "it must begin with $"),
            ("$context", "a dot and a name"), ("$", "a dot and a name"), ("$context.", "empty part"),
            ("$context..a", "empty part"), (".", "it must begin with $"), ("$.a", "begins with none of"),
            ("$request.a", "begins with none of"), ("$principal.name", "and nothing else"),
            ("$principal[\"name\"]", "and nothing else"),
            ("$principal.attributes.https://acme.example/tier", "in brackets"), ("$context.a b", "in brackets"),
            ("$context.gr\u{F6}\u{DF}e", "in brackets"), ("$context.a$", "in brackets"), ("$context.$a", "in brackets"),
            ("$context.a\"b\"", "in brackets"), ("$context[\"a\"]b", "in brackets"), ("$con text.a", "in brackets"),
            ("$context.\"a\"", "in brackets"), ("$context.a/", "in brackets"),
            ("$context.[\"a\"]", "empty part"), ("$context[\"a\"].", "empty part"),
            ("$context[\"a\"]..b", "empty part"),
            ("$context[a]", "JSON string"), ("$context[0]", "JSON string"), ("$context[]", "JSON string"),
            ("$context[\"a\"", "JSON string"), ("$context[\"a]", "JSON string"), ("$context[\"", "JSON string"),
            ("$context[", "JSON string"), ("$context[\"a\" ]", "JSON string"), ("$context[ \"a\"]", "JSON string"),
            ("$context['a']", "JSON string"), ("$context[\"\\x\"]", "JSON string"),
            ("$context[\"\\u12\"]", "JSON string"),
            ("$context[\"\\ud800\"]", "JSON string"), ("$context[\"a\u{1}\"]", "JSON string"),
            ("$context[\"a\\", "JSON string"), ("$context[\"a\\\"]", "JSON string"),
            ("$context[\"a\"\"b\"]", "JSON string"),
            ("$[\"a\"]", "begins with none of"), ("$[\"context\"].a", "begins with none of"),
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
            "$principal.id", "$principal.type", "$principal.issuer", "$principal.organization", "$principal.roles",
            "$principal.attributes",
            "$principal.attributes.a.b", "$resource.type", "$resource.id", "$resource.a", "$action.name", "$action.a.b",
            "$context.a", "$context.a.b.c", "$context._-9Z", "$context[\"a\"]", "$context[\"\"]",
            "$resource[\"a b\"][\"c.d\"].e",
            "$principal[\"attributes\"]", "$principal.attributes[\"https://acme.example/tier\"].level",
            "$action[\"]\"]", "$action[\"\\u00e9\\\"\\\\\"]", "$context[\"e\u{301}\"]",
        ]
    )
    func sound(path: String) {
        let policy = Policy(rules: [Rule("r", .deny, "x", to: Rule.everyone, when: .exists(path))])
        #expect(policy.findings().filter { $0.code == .invalidCondition }.isEmpty)
    }

    @Test(
        "a name in brackets is the name of the JSON string, by its bytes",
        arguments: [
            (#"$context["https://a.example/b.c"]"#, true), (#"$context["deep er"]["x.y"]"#, true),
            (#"$context["deep er"].z"#, true), (#"$context["\u00e9"]"#, true), ("$context[\"e\u{301}\"]", false),
            (#"$context["a\"]\\"]"#, true), (#"$context[""]"#, true), (#"$context["plain"]"#, true),
            (#"$context["plain"]["x"]"#, false), (#"$context["https://a"]"#, false),
            (#"$resource["type"]"#, false), (#"$resource["other"]"#, true), (#"$action["name"]"#, true),
        ]
    )
    func bracketed(path: String, exists: Bool) throws {
        let engine = try PolicyEngine(
            Policy(rules: [Rule("r", .allow, "x", to: Rule.everyone, when: .exists(path))])
        )
        let check = AccessCheck(
            "x",
            by: Principal("u"),
            on: Resource(attributes: ["type": "never", "other": 1]),
            context: [
                "https://a.example/b.c": 1, "deep er": ["x.y": nil, "z": 2], "\u{E9}": 3, "a\"]\\": 4, "": 5,
                "plain": 6,
            ],
            at: .distantPast
        )
        #expect(engine.decide(check).isAllowed == exists)
    }

    @Test("type and issuer are the principal's own, and an unknown issuer is missing")
    func typeAndIssuer() throws {
        let known: Condition = .all(.equals("$principal.type", "device"), .equals("$principal.issuer", "https://i"))
        let engine = try PolicyEngine(
            Policy(
                rules: [
                    Rule("known", .allow, "known", to: Rule.everyone, when: known),
                    Rule("kind", .allow, "kind", to: Rule.everyone, when: .equals("$principal.type", "machine")),
                    Rule("user", .allow, "user", to: Rule.everyone, when: .equals("$principal.type", "user")),
                    Rule("issued", .allow, "issued", to: Rule.everyone, when: .exists("$principal.issuer")),
                ]
            )
        )
        func allowed(_ principal: Principal) -> [String] {
            engine.permissionNames.filter { engine.resolve(principal).allows($0, at: .distantPast) }
        }
        #expect(allowed(Principal("p", kind: .machine, type: "device", issuer: "https://i")) == ["issued", "known"])
        #expect(allowed(Principal("p", kind: .machine)) == ["kind"])
        #expect(allowed(Principal("p", attributes: ["type": "machine", "issuer": "https://i"])) == ["user"])
    }

    @Test("a path that is written in two ways is one path to the warnings")
    func oneKey() {
        let policy = Policy(
            rules: [
                Rule("r", .allow, "x", to: Rule.everyone, when: .lessThan("$context.a", #"$context["a"]"#)),
                Rule("s", .allow, "x", to: Rule.everyone, when: .lessThan("$context.a.b", #"$context["a.b"]"#)),
            ]
        )
        #expect(policy.findings().map(\.location) == [.rule(0, nil)])
    }
}
