import Gatehouse
import SeededGenerator

/// Random policies, principals and checks over so few names that they meet often.
struct RandomPolicy {
    var random: SeededGenerator
    /// How many rules and constraints were named, so that no two are named alike.
    private var named = 0

    static let segments = ["a", "b", "c"]
    static let users = ["alice", "bob", "\u{E9}", "e\u{301}"]  // the last two only look alike
    static let types = ["user", "machine", "device"]
    static let issuers = ["https://a", "https://b"]
    static let organizations = ["org_1", "org_2"]
    static let resources = ["doc:1", "doc:2"].compactMap { ResourceID($0) }
    static let names = segments + segments.flatMap { a in segments.map { "\(a):\($0)" } }
    private static let epoch: Int64 = 1_800_000_000

    init(random: SeededGenerator) {
        self.random = random
    }

    /// A policy without errors.
    mutating func policy() -> Policy {
        sound { $0.candidate() }
    }

    /// One of several tries that has no errors; should all have some, the last, so that the test fails.
    mutating func sound(_ make: (inout Self) -> Policy) -> Policy {
        var policy = make(&self)
        for _ in 0..<100 {
            guard policy.findings().contains(where: { $0.severity == .error }) else { break }
            policy = make(&self)
        }
        return policy
    }

    private mutating func candidate() -> Policy {
        let names = (0..<Int.random(in: 1...7, using: &random)).map { "role:\($0)" }
        var roles: [Role] = []
        for (index, name) in names.enumerated() { roles.append(role(name, inheriting: Array(names[..<index]))) }
        roles.shuffle(using: &random)
        return Policy(
            combining: random.pick(Policy.Combining.allCases),
            permissions: random.chance(10) ? everyName : nil,
            roles: roles,
            rules: (0..<Int.random(in: 0...6, using: &random)).map { _ in rule(for: names) },
            constraints: random.chance(20) ? constraint(on: names).map { [$0] } ?? [] : [],
            assignments: (0..<Int.random(in: 0...5, using: &random)).map { _ in assignment(of: names) }
        )
    }

    /// A catalogue of all names that patterns here can spell.
    private var everyName: [CataloguedPermission] {
        let three = Self.names.filter { $0.contains(":") }.flatMap { name in Self.segments.map { "\(name):\($0)" } }
        return (Self.names + three).map { CataloguedPermission($0) }
    }

    mutating func role(_ name: String, inheriting names: [String]) -> Role {
        Role(
            name,
            inherits: names.filter { _ in random.chance(30) }.shuffled(using: &random),
            grants: patterns(0...4),
            denies: random.chance(35) ? patterns(1...2) : []
        )
    }

    mutating func rule(for names: [String]) -> Rule {
        Rule(
            "rule:\(nextNumber())",
            random.chance(60) ? .allow : .deny,
            permissions: patterns(1...2),
            roles: Array((names + [Rule.everyone]).shuffled(using: &random).prefix(random.chance(70) ? 1 : 2)),
            when: random.chance(80) ? condition(depth: 3) : nil
        )
    }

    /// Mostly dynamic: a static one that the assignments violate is an error. Nil where there is but one role.
    mutating func constraint(on names: [String]) -> Constraint? {
        guard names.count > 1 else { return nil }
        let roles = Array(names.shuffled(using: &random).prefix(Int.random(in: 2...4, using: &random)))
        let limit = Int.random(in: 1..<roles.count, using: &random)
        let kind: Constraint.Kind = random.chance(80) ? .dynamic : .static
        return Constraint("constraint:\(nextNumber())", kind, roles: roles, limit: limit)
    }

    mutating func assignment(of roles: [String]) -> Assignment {
        Assignment(
            boundedRole(of: roles),
            to: random.pick(Self.users),
            in: random.chance(50) ? random.pick(Self.organizations) : nil,
            type: random.chance(88) ? Assignment.defaultType : random.pick(Self.types),
            issuer: random.chance(20) ? random.pick(Self.issuers) : nil
        )
    }

    mutating func patterns(_ count: ClosedRange<Int>) -> [String] {
        (0..<Int.random(in: count, using: &random)).map { _ in
            var parts = (0..<Int.random(in: 0...2, using: &random)).map { _ in random.pick(Self.segments + ["*"]) }
            parts.append(random.pick(Self.segments + ["*", "**"]))
            return parts.joined(separator: ":")
        }
    }

    mutating func boundedRole(of roles: [String]) -> RoleAssignment {
        RoleAssignment(
            random.pick(roles),
            on: random.chance(25) ? random.pick(Self.resources) : nil,
            notBefore: random.chance(15) ? time() : nil,
            notAfter: random.chance(15) ? time() : nil
        )
    }

    mutating func time() -> Timestamp {
        Timestamp(seconds: Self.epoch + Int64.random(in: 0...3, using: &random)) ?? .distantPast
    }

    private mutating func nextNumber() -> Int {
        named += 1
        return named
    }
}
