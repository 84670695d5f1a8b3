import Gatehouse
import SeededGenerator

/// Random policies, principals and checks over so few names that they meet often.
struct RandomPolicy {
    var random: SeededGenerator

    private static let segments = ["a", "b", "c"]
    private static let users = ["alice", "bob"]
    private static let organizations = ["org_1", "org_2"]
    private static let resources = ["doc:1", "doc:2"].compactMap { ResourceID($0) }
    private static let epoch: Int64 = 1_800_000_000

    mutating func policy() -> Policy {
        let names = (0..<Int.random(in: 1...7, using: &random)).map { "role:\($0)" }
        var roles: [Role] = []
        for (index, name) in names.enumerated() {
            roles.append(
                Role(
                    name,
                    inherits: names[..<index].filter { _ in random.chance(30) }.shuffled(using: &random),
                    grants: patterns(upTo: 4),
                    denies: random.chance(40) ? patterns(upTo: 2) : []
                )
            )
        }
        roles.shuffle(using: &random)
        let assignments = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            Assignment(
                assignment(of: names),
                to: random.pick(Self.users),
                in: random.chance(50) ? random.pick(Self.organizations) : nil
            )
        }
        return Policy(roles: roles, assignments: assignments)
    }

    mutating func check(of policy: Policy) throws(NameError) -> AccessCheck {
        let names = policy.roles.map(\.name) + ["role:undefined"]
        let roles = (0..<Int.random(in: 0...3, using: &random)).map { _ in assignment(of: names) }
        return AccessCheck(
            try permission(),
            by: Principal(
                random.pick(Self.users),
                organization: random.chance(70) ? Principal.Organization(random.pick(Self.organizations)) : nil,
                roles: roles
            ),
            on: random.chance(50) ? random.pick(Self.resources).resource : nil,
            at: time()
        )
    }

    private mutating func permission() throws(NameError) -> Permission {
        let name = (0..<Int.random(in: 1...3, using: &random)).map { _ in random.pick(Self.segments + ["unnamed"]) }
        return try Permission(validating: name.joined(separator: ":"))
    }

    private mutating func patterns(upTo limit: Int) -> [String] {
        (0..<Int.random(in: 0...limit, using: &random)).map { _ in
            var parts = (0..<Int.random(in: 0...2, using: &random)).map { _ in random.pick(Self.segments + ["*"]) }
            parts.append(random.pick(Self.segments + ["*", "**"]))
            return parts.joined(separator: ":")
        }
    }

    private mutating func assignment(of roles: [String]) -> RoleAssignment {
        RoleAssignment(
            random.pick(roles),
            on: random.chance(25) ? random.pick(Self.resources) : nil,
            notBefore: random.chance(20) ? time() : nil,
            notAfter: random.chance(20) ? time() : nil
        )
    }

    private mutating func time() -> Timestamp {
        Timestamp(seconds: Self.epoch + Int64.random(in: 0...3, using: &random)) ?? .distantPast
    }
}

extension ResourceID {
    fileprivate var resource: Resource { Resource(type: type, id: id) }
}
