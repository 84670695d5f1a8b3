#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("A malformed condition is found where it stands")
struct ConditionFindingTests {
    private static let shapes = [
        MarkedSection(.invalidCondition, when: "‸null"), MarkedSection(.invalidCondition, when: "‸true"),
        MarkedSection(.invalidCondition, when: "‸1"), MarkedSection(.invalidCondition, when: #"‸"$context.a""#),
        MarkedSection(.invalidCondition, when: "‸[]"), MarkedSection(.invalidCondition, when: "‸{}"),
        MarkedSection(.invalidCondition, when: #"‸[{"exists":"$context.a"}]"#),
        MarkedSection(.invalidCondition, when: #"‸{"exists":"$context.a","not":{"exists":"$context.b"}}"#),
        MarkedSection(.invalidCondition, when: #"‸{"Equals":["$context.a",1]}"#),
        MarkedSection(.invalidCondition, when: #"‸{"":[]}"#),
        MarkedSection(.invalidCondition, when: #"‸{"in ":[1,[1]]}"#),
        MarkedSection(.invalidCondition, when: #"{"not":‸{"xor":[]}}"#),
    ]

    private static let nesting = [
        MarkedSection(when: #"{"all":[{"any":[{"not":{"all":[{"exists":"$context.a"}]}}]}]}"#),
        MarkedSection(.invalidCondition, when: #"{"not":‸[{"exists":"$context.a"}]}"#),
        MarkedSection(.invalidCondition, when: #"{"not":‸1}"#),
        MarkedSection(.invalidCondition, when: #"{"not":‸null}"#),
        MarkedSection(.invalidCondition, when: #"{"not":‸{}}"#),
        MarkedSection(.invalidCondition, when: #"{"not":{"not":{"not":‸"$context.a"}}}"#),
    ]

    private static let lists = ["all", "any"].flatMap { name in
        [
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸[]}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸{"exists":"$context.a"}}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸null}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸true}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":[{"exists":"$context.a"},‸"$context.a"]}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":[‸[]]}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":[{"\#(name)":‸[]}]}"#),
        ]
    }

    private static let comparisons = Condition.Comparison.allCases.map(\.rawValue).flatMap { name in
        [
            MarkedSection(when: #"{"\#(name)":["$context.a","$context.b"]}"#),
            MarkedSection(when: #"{"\#(name)":["$$context",["$context.a",{"$x":"$y"}]]}"#),
            MarkedSection(when: #"{"\#(name)":[null,{"a":[true,"$y"]}]}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸null}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸"$context.a"}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸{"a":1,"b":2}}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸[]}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸["$context.a"]}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":‸["$context.a",1,2]}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":[‸"$subject.id",1]}"#),
            MarkedSection(.invalidCondition, when: #"{"\#(name)":["$$",["$$x",[1,‸"$"]]]}"#),
            MarkedSection(
                .invalidCondition,
                .invalidCondition,
                when: #"{"\#(name)":[‸"$resource",["$context.a",‸"$action"]]}"#
            ),
        ]
    }

    private static let paths =
        [
            "$principal.id", "$principal.organization", "$principal.roles", "$principal.attributes",
            "$principal.attributes.a.b", "$resource.type", "$resource.id", "$resource.a.b.c", "$action.name",
            "$action.a", #"$context[\"é\"]"#, #"$context[\"a b\"]"#,
        ].map { MarkedSection(when: #"{"exists":"\#($0)"}"#) }
        + [
            "", "a", "context.a", "$$context.a", "$", "$.", "$.a", "$principal", "$resource", "$action", "$context",
            "$principal.", "$principal.name", "$principal.Id", "$principal.attributes.", "$resource.", "$resource..a",
            "$context.a.", "$context.é", "$context.a b", "$context[a]", "$subject.id", "$Context.a", " $context.a",
            "$context .a", "$environment.x",
        ].map { MarkedSection(.invalidCondition, when: #"{"exists":‸"\#($0)"}"#) }
        + ["1", "null", "true", #"["$context.a"]"#, #"{"a":"$context.a"}"#].map {
            MarkedSection(.invalidCondition, when: #"{"exists":‸\#($0)}"#)
        }

    @Test("a malformed condition is found in JSON and YAML", arguments: shapes + nesting + lists + comparisons + paths)
    func places(section: MarkedSection) {
        section.expectFindings()
    }

    @Test("every mistake of a condition is found, also beside a mistake that hides a part of it")
    func several() {
        MarkedSection(
            .invalidCondition,
            .invalidCondition,
            .invalidCondition,
            .invalidCondition,
            .invalidCondition,
            .invalidCondition,
            when: #"""
                {"any":[{"equals":[‸"$subject.x",1]},‸{"bogus":["$subject.y"]},
                {"not":{"all":[‸1,{"in":‸[1]},{"exists":‸2},{"atMost":["$context.a",‸"$context."]}]}}]}
                """#
        ).expectFindings()
    }

    @Test(
        "a malformed condition is found in YAML's block style and with YAML's own numbers",
        arguments: [
            ([], "equals: [$context.a, +1.50]"), ([], "equals: [0x1F, 99999999999999999999]"),
            ([], "equals:\n      - $context.a\n      - key: 1e400"), ([], "equals: [$context.a, 0xFFFFFFFFFFFFFFFF]"),
            ([.invalidCondition], "equals: [$context.a, ‸.nan]"),
            ([.invalidCondition, .invalidCondition], "equals: [‸.inf, ‸-.INF]"),
            ([.invalidCondition, .invalidCondition], "in: [1, [{ a: ‸.NaN }, 1, ‸+.Inf]]"),
            ([.invalidCondition], "equals: [$context.a, ‸0x10000000000000000]"),
            ([.invalidCondition], "equals: [$context.a, ‸0o7777777777777777777777777]"),
            ([.invalidCondition, .invalidCondition], "equals:\n      - ‸$subject.a\n      - ‸.inf"),
            ([.invalidCondition], "‸equals: [1, 2]\n      in: [1, [2]]"),
            ([.invalidCondition], "all:\n      - exists: $context.a\n      - ‸nothing: 1"),
            ([.invalidCondition], "any:\n      - not:\n          ‸- exists: $context.a"),
            ([.invalidCondition], "equals:‸"), ([.invalidCondition], "all:\n      -‸\n      - exists: $context.a"),
        ] as [([Finding.Code], String)]
    )
    func block(codes: [Finding.Code], condition: String) {
        MarkedDocument(
            codes,
            in: """
                gatehouse: 1
                rules:
                - id: a
                  effect: deny
                  roles: "*"
                  permissions: [x]
                  when:
                      \(condition)
                """
        ).expectFindings()
    }

    @Test("a condition may nest as deep as a document, and no deeper", arguments: [59, 60, 61, 62])
    func depth(count: Int) {
        // The document, the rules and the rule are three levels, and the condition at the end is one.
        let open = String(repeating: #"{"not":"#, count: count)
        let close = String(repeating: "}", count: count)
        let isTooDeep = 3 + count + 1 > 64
        for document in [
            MarkedSection(when: #"\#(open){"exists":"$context.a"}\#(close)"#).json,
            MarkedSection(when: #"\#(open){"exists":"$context.a"}\#(close)"#).yaml,
        ] {
            let findings = PolicyDocument(reading: Array(document.utf8)).findings
            #expect(findings.filter { $0.severity == .error }.map(\.code) == (isTooDeep ? [.syntax] : []))
        }
    }
}
#endif
