import Gatehouse

extension GrantingCase {
    private static let context: Condition = .equals("$context.x", 1)

    static let ofRules: [Self] = [
        Self(
            testDescription: "a rule gives like a grant",
            given: .init(),
            held: [.init(grants: ["a:b"])],
            remainder: ["a:*"],
            rules: [Rule("r", .allow, "a:*", to: "given")]
        ),
        Self(
            testDescription: "a conditional rule gives too",
            given: .init(),
            held: [.init(grants: ["b"])],
            remainder: ["a"],
            rules: [Rule("r", .allow, "a", to: "given", when: context)]
        ),
        Self(
            testDescription: "what is held by the same rule alone is nothing new",
            given: .init(),
            held: [.init()],
            rules: [Rule("r", .allow, "a:**", to: "given", "held0", when: context)]
        ),
        Self(
            testDescription: "but where one's own denial stops it",
            given: .init(grants: ["c"]),
            held: [.init(denies: ["a:b:**"])],
            remainder: ["a:b:**", "c"],
            rules: [Rule("r", .allow, "a:**", to: "given", "held0", when: context)]
        ),
        Self(
            testDescription: "a grant is not held by a rule that may not apply",
            given: .init(grants: ["a"]),
            held: [.init()],
            remainder: ["a"],
            rules: [Rule("r", .allow, "a", to: "given", "held0", when: context)]
        ),
        Self(
            testDescription: "a rule for everyone gives nothing new",
            given: .init(),
            held: [],
            rules: [Rule("r", .allow, "a", to: "*", "given"), Rule("s", .allow, "b", to: "*", when: context)]
        ),
        Self(
            testDescription: "what everyone always has is held",
            given: .init(grants: ["a", "b"]),
            held: [],
            remainder: ["b"],
            rules: [Rule("r", .allow, "a", to: "*"), Rule("s", .allow, "b", to: "*", when: context)]
        ),
        Self(
            testDescription: "what nobody has is not given",
            given: .init(grants: ["a:*", "b"]),
            held: [.init(grants: ["b"])],
            rules: [Rule("r", .deny, "a:*", to: "*")]
        ),
        Self(
            testDescription: "a denial that may apply stops the principal",
            given: .init(grants: ["a:*"]),
            held: [.init(grants: ["a:*"])],
            remainder: ["a:b"],
            rules: [Rule("r", .deny, "a:b", to: "held0", when: context)]
        ),
        Self(
            testDescription: "one that limits the role alike does not, nor one for everyone",
            given: .init(grants: ["a:*"]),
            held: [.init(grants: ["a:*"])],
            rules: [
                Rule("r", .deny, "a:b", to: "held0", "given", when: context),
                Rule("s", .deny, "a:c", to: "*", when: context),
            ]
        ),
        Self(
            testDescription: "a denial that may apply takes nothing from the role",
            given: .init(grants: ["a"]),
            held: [],
            remainder: ["a"],
            rules: [Rule("r", .deny, "a", to: "given", when: context)]
        ),
    ]
}
