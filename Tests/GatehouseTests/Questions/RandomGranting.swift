import Gatehouse
import SeededGenerator

/// Small random policies with a principal that hands out roles of theirs, over two segments so that they meet often.
struct RandomGranting {
    var random: SeededGenerator

    mutating func policy() -> Policy {
        let names = (0..<Int.random(in: 2...4, using: &random)).map { "role\($0)" }
        let roles = names.enumerated().map { index, name in
            Role(
                name,
                inherits: names[..<index].filter { _ in random.chance(25) },
                grants: patterns(0...3),
                denies: random.chance(40) ? patterns(1...2) : []
            )
        }
        let rules = (0..<Int.random(in: 0...3, using: &random)).map { index in
            Rule(
                "rule\(index)",
                random.chance(60) ? .allow : .deny,
                permissions: patterns(1...2),
                roles: random.chance(25) ? ["*"] : names.filter { _ in random.chance(50) } + [random.pick(names)],
                when: random.chance(70) ? .equals("$context.x", .string("\(index)")) : nil
            )
        }
        return Policy(
            combining: random.pick(Policy.Combining.allCases),
            roles: roles,
            rules: rules,
            constraints: random.chance(10)
                ? [Constraint("pair", .dynamic, roles: Array(names.prefix(2)), limit: 1)] : []
        )
    }

    mutating func principal(under policy: Policy) -> Principal {
        let names = policy.roles.map(\.name) + ["undefined"]
        let roles = (0..<Int.random(in: 0...3, using: &random)).map { _ in RoleAssignment(random.pick(names)) }
        return Principal(
            "x",
            roles: roles,
            activeRoles: random.chance(15) ? names.filter { _ in random.chance(50) } : nil
        )
    }

    /// Patterns of at most three segments.
    mutating func patterns(_ count: ClosedRange<Int>) -> [String] {
        (0..<Int.random(in: count, using: &random)).map { _ in
            var parts = (0..<Int.random(in: 0...2, using: &random)).map { _ in random.pick(["a", "b", "*"]) }
            parts.append(random.pick(["a", "b", "*", "**"]))
            return parts.joined(separator: ":")
        }
    }
}
