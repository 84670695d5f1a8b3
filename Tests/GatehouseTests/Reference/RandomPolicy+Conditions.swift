import Gatehouse
import GatehouseBase
import SeededGenerator

extension RandomPolicy {
    private static let paths = [
        "$principal.id", "$principal.type", "$principal.issuer", "$principal.organization", "$principal.roles",
        "$principal.attributes.a",
        "$principal.attributes.a.b", "$principal.attributes.id", "$principal.id.a", "$resource.type", "$resource.id",
        "$resource.a", "$resource.a.b", "$resource.name", "$resource.id.a", "$resource.b.a.b", "$action.name",
        "$action.a", "$action.id", "$context.a", "$principal.claims.a", "$context.type", "$context.missing",
        #"$resource["type"]"#, #"$context["a"].b"#, #"$resource["a.b"]"#, #"$principal.attributes["x y"]["b"]"#,
    ]
    /// Many ways to write few values, more than a double holds, and more than one reaches.
    private static let numbers = [
        "0", "-0", "0.0", "0e9", "1", "1.0", "10e-1", "0.1E+1", "-1", "2", "0.1", "0.10", "1e-1", "1e400", "10E399",
        "-1e400", "1e-400", "9007199254740992", "9007199254740993", "9007199254740993.0", "9007199254740992.5",
        "1e99999999999999999999",
    ]
    /// Names of principals and things, and texts that look like paths, look alike or are part of others.
    private static let texts =
        users + organizations + types + issuers + [
            "doc", "1", "2", "role:0", "role:1", "a", "a:b", "b", "", "or", "$", "$a", "$principal.id", "$$",
        ]

    mutating func condition(depth: Int) -> Condition {
        guard depth > 1, random.chance(45) else { return leaf() }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .all(conditions(depth: depth - 1))
        case 1: return .any(conditions(depth: depth - 1))
        default: return .not(condition(depth: depth - 1))
        }
    }

    private mutating func conditions(depth: Int) -> [Condition] {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in condition(depth: depth) }
    }

    private mutating func leaf() -> Condition {
        if random.chance(15) { return .exists(random.pick(Self.paths)) }
        let comparison = random.pick(Condition.Comparison.allCases)
        var (lhs, rhs) = (operand(), operand())
        // Operands that mostly fit: else nearly everything is unknown.
        if comparison == .in, random.chance(80) { rhs = list() }
        if comparison == .contains, random.chance(60) { lhs = random.chance(50) ? list() : "$principal.roles" }
        return .compare(comparison, lhs, rhs)
    }

    private mutating func operand() -> JSONValue {
        if random.chance(50) { return .string(random.pick(Self.paths)) }
        return literal(value(depth: 2))
    }

    private mutating func list() -> JSONValue {
        .array((0..<Int.random(in: 0...3, using: &random)).map { _ in operand() })
    }

    /// The operand that stands for a value: a dollar sign is doubled, but not inside maps, where nothing is a path.
    private mutating func literal(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(text.hasPrefix("$") ? "$\(text)" : text)
        case .array(let elements):
            .array(elements.map { random.chance(25) ? .string(random.pick(Self.paths)) : literal($0) })
        default: value
        }
    }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 14 : 10), using: &random) {
        case 0: .null
        case 1: .bool(random.chance(50))
        case 2..<5: .number(JSONNumber(unchecked: random.pick(Self.numbers)))
        case 5..<10: .string(random.pick(Self.texts))
        case 10..<12: .array((0..<Int.random(in: 0...2, using: &random)).map { _ in value(depth: depth - 1) })
        default:
            .object(
                ["a", "b"].shuffled(using: &random).filter { _ in random.chance(60) }
                    .map { JSONMember($0, value(depth: depth - 1)) }
            )
        }
    }
}
