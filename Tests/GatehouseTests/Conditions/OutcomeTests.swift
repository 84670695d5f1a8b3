import Gatehouse
import Testing

@Suite("The possible outcomes of a condition are known before any check")
struct OutcomeTests {
    /// As the rules tell it that have the condition: y for true, n for false, u for unknown; `?` for at least true and
    /// false.
    typealias Row = (condition: Condition, outcomes: String)

    /// Both operands are paths, or of types that are known.
    static let comparisons: [Row] = [
        (.equals("$context.a", 1), "?"), (.equals("$context.a", "$context.b"), "?"),
        (.equals("$context.a", "$context.a"), "yu"), (.equals(["$context.a"], [1]), "?"),
        (.equals(["$context.a"], 1), "nu"), (.equals(1, 1), "y"), (.equals(1, 2), "n"),
        (.notEquals("$context.a", 1), "?"), (.notEquals("$context.a", "$context.a"), "nu"),
        (.notEquals(["$context.a"], 1), "yu"), (.notEquals(["$context.a"], [1]), "?"),
        (.lessThan("$context.a", 1), "?"), (.lessThan("a", "$context.a"), "?"),
        (.lessThan("$context.a", "$context.a"), "nu"), (.lessThan("$context.a", true), "u"),
        (.lessThan(.null, "$context.a"), "u"), (.lessThan(1, "a"), "u"), (.greaterThan("$context.a", []), "u"),
        (.greaterThan(["$context.a"], "$context.b"), "u"), (.greaterThan("$context.a", "$context.a"), "nu"),
        (.atMost("$context.a", 1), "?"), (.atMost("$context.a", "$context.a"), "yu"),
        (.atMost("$context.a", [:]), "u"), (.atMost(false, "$context.a"), "u"), (.atLeast("a", "$context.a"), "?"),
        (.atLeast("$context.a", "$context.a"), "yu"), (.atLeast("$context.a", ["$context.b"]), "u"),
        (.in("$context.a", 1), "u"), (.in("$context.a", ["x"]), "?"), (.in("$context.a", []), "nu"),
        (.in("$context.a", "$context.b"), "?"), (.in("$context.a", ["$context.b"]), "?"), (.in(1, "$context.a"), "?"),
        (.contains([], "$context.a"), "nu"), (.contains([1], "$context.a"), "?"), (.contains("a", "$context.a"), "?"),
        (.contains("a", ["$context.a"]), "u"), (.contains("$context.a", 1), "?"), (.contains(["$context.a"], 1), "?"),
        (.contains(true, "$context.a"), "u"), (.contains(1, "$context.a"), "u"), (.contains([:], "$context.a"), "u"),
        (.startsWith("$context.a", "x"), "?"), (.startsWith("x", "$context.a"), "?"),
        (.startsWith("$context.a", "$context.b"), "?"), (.startsWith("$context.a", 1), "u"),
        (.startsWith(1, "$context.a"), "u"), (.startsWith(["$context.a"], "x"), "u"),
        (.startsWith("x", ["$context.a"]), "u"), (.exists("$context.a"), "?"),
    ]

    /// A name that Gatehouse gives has a known type, and some of these names have a value in each check.
    static let knownTypes: [Row] = [
        (.in("p", "$principal.roles"), "yn"), (.in("$context.a", "$principal.roles"), "?"),
        (.in("$principal.roles", ["p", "q"]), "n"), (.in(["p", "q"], "$principal.roles"), "n"),
        (.in(1, "$principal.roles"), "n"), (.in("p", "$principal.id"), "u"), (.in(["p"], "$resource.id"), "u"),
        (.in(["p"], "$context.a"), "?"), (.in("$principal.id", ["$context.a"]), "?"),
        (.in("$principal.id", [1, ["$context.a"]]), "nu"), (.in("$principal.id", [1, ["p"]]), "n"),
        (.in("$principal.id", ["p", 1]), "yn"), (.in("$resource.id", [1]), "nu"), (.in(1, ["x", "$context.a"]), "?"),
        (.contains("$principal.roles", "p"), "yn"), (.contains("$principal.roles", ["p"]), "n"),
        (.contains(["p"], "$principal.roles"), "n"), (.contains("p", "$principal.roles"), "u"),
        (.contains("$principal.id", "p"), "yn"), (.contains("p", "$principal.id"), "yn"),
        (.contains("$principal.id", 1), "u"), (.contains([1], "$resource.type"), "nu"),
        (.equals("$principal.roles", "p"), "n"), (.equals("$principal.roles", ["p"]), "yn"),
        (.notEquals("$principal.roles", "p"), "y"), (.equals("$principal.organization", .null), "nu"),
        (.equals("$principal.id", "$principal.id"), "y"), (.equals("$principal.issuer", "$principal.issuer"), "yu"),
        (.equals("$principal.id", "$principal.type"), "yn"), (.notEquals("$resource.id", 1), "yu"),
        (.lessThan("$action.name", 1), "u"), (.lessThan("$action.name", "p"), "yn"),
        (.atMost("$principal.type", 1), "u"),
        (.atLeast("$principal.id", "$principal.id"), "y"), (.startsWith("$principal.roles", "p"), "u"),
        (.startsWith("$principal.id", "p"), "yn"), (.exists("$principal.id"), "y"), (.exists("$principal.roles"), "y"),
        (.exists("$principal.issuer"), "?"), (.exists("$resource.type"), "?"), (.exists("$principal.id.a"), "n"),
        (.exists("$principal.organization.a"), "n"), (.equals("$principal.roles.a", 1), "u"),
        (.equals(["$principal.id.a"], ["$context.a"]), "u"), (.in("$context.a", ["$principal.id.a"]), "u"),
    ]

    private static let a = Condition.equals("$context.a", 1)

    /// So many comparisons, each of its own.
    private static func comparisons(_ count: Int) -> [Condition] {
        (0..<count).map { .equals(.string("$context.a\($0)"), 1) }
    }

    static let combinations: [Row] = [
        (.not(.equals(1, 2)), "y"), (.not(.equals("$context.a", "$context.a")), "nu"),
        (.all([a, .equals(1, 2)]), "n"), (.any([a, .equals(1, 1)]), "y"), (.all([a, .equals(1, 1)]), "?"),
        (.all([.lessThan(1, "a"), .equals(1, 2)]), "n"), (.all([.lessThan(1, "a"), a]), "nu"),
        (.any([.lessThan(1, "a"), a]), "yu"), (.not(.lessThan(1, "a")), "u"),
        // One comparison has one result, each time.
        (.all([a, .not(a)]), "nu"), (.any([a, .not(a)]), "yu"), (.all([a, a]), "?"), (.any([.not(a), .not(a)]), "?"),
        // That is looked at for five different ones, of which there are at most 64 in all.
        (.all(comparisons(5) + [.not(comparisons(5)[4])]), "nu"),
        (.all(comparisons(6) + [.not(comparisons(6)[4])]), "?"),
        (.all(comparisons(40)), "?"),
        (.all([.not(a)] + Array(repeating: a, count: 63)), "nu"),
        (.all([.not(a)] + Array(repeating: a, count: 64)), "?"),
        (.any([.all([.not(a)] + Array(repeating: a, count: 62)), .equals("$context.b", 1)]), "?"),
    ]

    @Test(
        "an allow and a deny rule with it apply never, always or on condition",
        arguments: comparisons + knownTypes + combinations
    )
    func outcomes(condition: Condition, outcomes: String) throws {
        func listed(_ effect: Rule.Effect, grants: [String]) throws -> String {
            let rule = Rule("r", effect, "x", to: "p", when: condition)
            let engine = try PolicyEngine(Policy(roles: [Role("p", grants: grants)], rules: [rule]))
            let listed = engine.permissions(holding: ["p"])
            return listed.first.map { $0.isConditional ? "on condition" : "always" } ?? "never"
        }
        let mayBeTrue = outcomes.contains("y") || outcomes == "?"
        let mayBeFalse = outcomes.contains("n") || outcomes == "?"
        #expect(try listed(.allow, grants: []) == (!mayBeTrue ? "never" : outcomes == "y" ? "always" : "on condition"))
        #expect(
            try listed(.deny, grants: ["x"]) == (!mayBeFalse ? "never" : outcomes == "n" ? "always" : "on condition")
        )
    }
}
