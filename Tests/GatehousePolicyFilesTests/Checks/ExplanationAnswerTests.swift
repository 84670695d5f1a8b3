#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("The answer of gatehouse policy explain")
struct ExplanationAnswerTests {
    @Test(
        "a near miss has all four members, with null for those that it lacks",
        arguments: [
            (Explanation.NearMiss.role("a"), #"{"kind":"role","role":"a","rule":null,"missing":[]}"#),
            (.deny(role: "a", rule: nil), #"{"kind":"deny","role":"a","rule":null,"missing":[]}"#),
            (.deny(role: nil, rule: "r"), #"{"kind":"deny","role":null,"rule":"r","missing":[]}"#),
            (
                .condition(rule: "r", role: nil, missing: ["$resource.x", "$context.y"]),
                #"{"kind":"condition","role":null,"rule":"r","missing":["$resource.x","$context.y"]}"#
            ),
        ]
    )
    func nearMisses(nearMiss: Explanation.NearMiss, json: String) {
        #expect(JSONValue(nearMiss).description == json)
    }

    @Test("an explanation is the answer of a check and its near misses")
    func answers() throws {
        let engine = try PolicyEngine(
            Policy {
                Role("a") { Grants("x") }
                Rule("never", .deny, "y", to: Rule.everyone)
            }
        )
        let now = WallClock.system.now()
        for (text, nearMisses, isAllowed) in [
            (#"{"principal":{"id":"u","roles":["a"]},"permission":"x"}"#, "[]", true),
            (
                #"{"id":"1","principal":{"id":"u"},"permission":"x"}"#,
                "[\(JSONValue(Explanation.NearMiss.role("a")))]", false
            ),
            (#"{"id":"1","principal":{"id":"u"},"permission":"y"}"#, "[]", false), ("{", "[]", false),
        ] {
            let check = engine.answer(checkLine: Array(text.utf8), now: now)
            let explanation = engine.explanation(ofCheck: Array(text.utf8), now: now)
            #expect(
                explanation.answer.description == "\(check.answer.description.dropLast()),\"nearMisses\":\(nearMisses)}"
            )
            #expect(explanation.isAllowed == isAllowed && check.isAllowed == isAllowed)
        }
    }

    @Test("a text longer than a line may be is no check, although it begins with one")
    func tooLong() throws {
        let engine = try PolicyEngine(Policy { Role("a") { Grants("x") } })
        var text = Array(#"{"principal":{"id":"u","roles":["a"]},"permission":"x"}"#.utf8)
        text += Array(repeating: UInt8(ascii: " "), count: CheckLine.maximumBytes - text.count)
        #expect(engine.explanation(ofCheck: text, now: .distantPast).isAllowed)
        text.append(UInt8(ascii: " "))
        #expect(!engine.explanation(ofCheck: text, now: .distantPast).isAllowed)
    }
}
#endif
