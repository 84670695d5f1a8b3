import Gatehouse
import Testing

@Suite("Conditions and their values nest at most 64 deep")
struct ConditionDepthTests {
    private static let leaf: Condition = .exists("$context.a")

    private func findings(_ condition: Condition) -> [Finding] {
        Policy(rules: [Rule("r", .deny, "x", to: Rule.everyone, when: condition)]).findings()
            .filter { $0.code == .invalidCondition }
    }

    private func nested(_ count: Int, _ wrap: (Condition) -> Condition) -> Condition {
        (0..<count).reduce(Self.leaf) { condition, _ in wrap(condition) }
    }

    private func nested(_ count: Int, _ wrap: (JSONValue) -> JSONValue) -> JSONValue {
        (0..<count).reduce(1) { value, _ in wrap(value) }
    }

    @Test("conditions nest at most 64 deep", arguments: [(62, true), (63, true), (64, false), (127, false)])
    func conditions(depth: Int, isSound: Bool) {
        #expect(findings(nested(depth) { .not($0) }).isEmpty == isSound)
        #expect(findings(nested(depth) { .all([$0]) }).isEmpty == isSound)
        #expect(findings(nested(depth) { .any([$0]) }).isEmpty == isSound)
    }

    @Test("values nest at most 64 deep", arguments: [(63, true), (64, true), (65, false), (10_000, false)])
    func values(depth: Int, isSound: Bool) {
        #expect(findings(.equals("$context.a", nested(depth) { [$0] })).isEmpty == isSound)
        #expect(findings(.equals("$context.a", nested(depth) { ["m": $0] })).isEmpty == isSound)
        #expect(findings(.equals("$context.a", nested(depth - 1) { [$0] }.inAnObject)).isEmpty == isSound)
        #expect(findings(.equals(nested(depth - 1) { ["m": $0] }.inAList, "$context.a")).isEmpty == isSound)
    }
}

extension JSONValue {
    fileprivate var inAnObject: JSONValue { ["m": self] }
    fileprivate var inAList: JSONValue { [self] }
}
