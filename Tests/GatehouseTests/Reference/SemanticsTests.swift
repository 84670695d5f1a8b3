import Gatehouse
import GatehouseBase
import Testing

/// The semantics page's rules for conditions, as examples with answers written by hand: both the engine and the
/// evaluator that it is compared with have to give them.
@Suite("Conditions have the meanings of the semantics page, in the engine and in the naive evaluator")
struct SemanticsTests {
    private static let equality: [(Condition, ReferenceTruth)] = [
        (.equals("$resource.owner", "$principal.id"), .true), (.equals("$resource.owner", "bob"), .false),
        (.notEquals("$resource.owner", "bob"), .true), (.equals("$resource.absent", "bob"), .unknown),
        (.notEquals("$resource.absent", "bob"), .unknown), (.equals("$resource.absent", "$resource.absent"), .unknown),
        (.equals("$resource.nothing", .null), .true), (.equals("$resource.nothing", 0), .false),
        (.equals("1", 1), .false), (.notEquals("1", 1), .true), (.equals(true, 1), .false),
        (.equals("", .null), .false),
        (.equals(number("1.0"), number("10e-1")), .true), (.equals(number("-0"), 0), .true),
        (.equals(number("9007199254740993"), number("9007199254740992")), .false),
        (.equals(number("1e400"), number("10e399")), .true), (.equals(number("1e400"), number("1e401")), .false),
        (.equals("\u{E9}", "e\u{301}"), .false), (.equals("$$a", "$context.dollar"), .true),
        (.equals(["a": 1, "b": 2], ["b": 2, "a": number("1.0")]), .true),
        (.equals(["a": 1], ["a": 1, "b": 2]), .false),
        (.equals([1, 2], [2, 1]), .false), (.equals(["$principal.id"], ["alice"]), .true),
        (.equals([["$principal.id"]], [["alice"]]), .true), (.equals(["$resource.absent"], ["alice"]), .unknown),
        (.equals(["a": "$principal.id"], ["a": "alice"]), .false),
        (.equals(["a": "$principal.id"], "$context.map"), .true),
    ]
    private static let comparisons: [(Condition, ReferenceTruth)] = [
        (.lessThan(number("9007199254740992"), number("9007199254740993")), .true), (.lessThan(2, 10), .true),
        (.lessThan("2", "10"), .false), (.lessThan(2, "10"), .unknown), (.atMost(2, number("2.0")), .true),
        (.atLeast(2, 2), .true), (.greaterThan(2, 2), .false), (.greaterThan("a", "B"), .true),
        (.lessThan(true, false), .unknown), (.lessThan(.null, .null), .unknown), (.lessThan(["a"], ["b"]), .unknown),
        (.in("$principal.id", ["bob", "alice"]), .true), (.in("$principal.id", []), .false),
        (.in("a", "abc"), .unknown),
        (.in("$principal.id", ["alice", "$resource.absent"]), .unknown), (.in("r", "$principal.roles"), .true),
        (.in("base", "$principal.roles"), .false), (.in(.null, [.null]), .true), (.in(["a"], [["a"]]), .true),
        (.contains("$principal.roles", "r"), .true), (.contains("abc", "b"), .true), (.contains("abc", ""), .true),
        (.contains("abc", "ac"), .false), (.contains("abc", 1), .unknown), (.contains([1], "1"), .false),
        (.contains(["a": 1], "a"), .unknown), (.startsWith("abc", "ab"), .true), (.startsWith("ab", "abc"), .false),
        (.startsWith("e\u{301}", "e"), .true), (.startsWith(["a"], "a"), .unknown), (.startsWith("a", 1), .unknown),
    ]
    private static let pathsAndLogic: [(Condition, ReferenceTruth)] = [
        (.exists("$resource.nothing"), .true), (.exists("$resource.absent"), .false),
        (.not(.exists("$resource.absent")), .true), (.exists("$principal.organization"), .false),
        (.equals("$resource.type", "doc"), .true), (.equals("$resource.id", "7"), .true),
        (.equals("$action.name", "p"), .true), (.exists("$action.via"), .true),
        (.exists("$principal.id.length"), .false),
        (.exists("$context.list.0"), .false), (.equals("$context.map.a", "$$principal.id"), .true),
        (.equals("$principal.attributes.level", 3), .true), (.exists("$resource.id.x"), .false),
        (.all(unknown, yes), .unknown), (.all(unknown, no), .false), (.all(yes, yes), .true),
        (.any(unknown, yes), .true), (.any(unknown, no), .unknown), (.any(no, no), .false), (.not(unknown), .unknown),
        (.not(.all(unknown, no)), .true), (.not(.any(unknown, .not(unknown))), .unknown),
    ]

    private static let yes: Condition = .equals(1, 1)
    private static let no: Condition = .equals(1, 2)
    private static let unknown: Condition = .equals("$context.absent", 1)

    private static func number(_ text: String) -> JSONValue { .number(JSONNumber(unchecked: text)) }

    @Test("each example has its truth value", arguments: equality + comparisons + pathsAndLogic)
    func examples(condition: Condition, truth: ReferenceTruth) throws {
        let check = AccessCheck(
            "p",
            by: Principal("alice", roles: ["r"], attributes: ["level": 3]),
            on: Resource(type: "doc", id: "7", attributes: ["owner": "alice", "nothing": nil, "type": "x", "id": "x"]),
            action: ["name": "x", "via": "web"],
            context: ["dollar": "$a", "map": ["a": "$principal.id"], "list": ["x"]],
            at: .distantPast
        )
        #expect(ReferenceFacts(check: check, held: ["r"]).truth(of: condition) == truth)

        func applies(_ effect: Rule.Effect) throws -> Bool {
            let grants = effect == .deny ? ["p"] : []
            let roles = [Role("base"), Role("r", inherits: ["base"], grants: grants)]
            let rule = Rule("rule", effect, "p", to: "*", when: condition)
            return try PolicyEngine(Policy(roles: roles, rules: [rule])).decide(check).isAllowed == (effect == .allow)
        }
        #expect(try applies(.allow) == (truth == .true))
        #expect(try applies(.deny) == (truth != .false))
    }
}
