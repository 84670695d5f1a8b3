import Gatehouse
import SeededGenerator
import Testing

@Suite("Names are only names")
struct RenamingTests {
    /// But where a condition asks for the names of held roles, which it may compare with texts.
    @Test(
        "another name for each role, rule and constraint changes nothing else",
        arguments: 1...20 as ClosedRange<UInt64>
    )
    func renaming(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed &+ 6_000))
        for _ in 0..<30 {
            let policy = source.policy()
            if policy.comparesHeldRoles { continue }
            let (engine, other) = try (PolicyEngine(policy), PolicyEngine(policy.renamed))
            for _ in 0..<20 {
                let check = try source.check(of: policy)
                var renamed = check
                for index in renamed.principal.roles.indices {
                    renamed.principal.roles[index].role = new(check.principal.roles[index].role)
                }
                renamed.principal.activeRoles = check.principal.activeRoles.map { $0.map(new) }
                let (before, after) = (engine.decide(check), other.decide(renamed))
                try #require(before.isAllowed == after.isAllowed, "seed \(seed): \(check.inFull) under \(policy)")
                try #require(
                    before.reasons.map(\.renamed) == after.reasons,
                    "seed \(seed): \(check.inFull) under \(policy)"
                )
            }
        }
    }
}

/// Sorts otherwise than the old name, and is longer or shorter.
private func new(_ name: String) -> String {
    name == Rule.everyone ? name : "z.\(name.utf8.reduce(0) { $0 &* 31 &+ UInt16($1) })-\(name.utf8.last ?? 0)"
}

extension Policy {
    fileprivate var renamed: Policy {
        var policy = self
        for index in roles.indices {
            policy.roles[index].name = new(roles[index].name)
            policy.roles[index].inherits = roles[index].inherits.map(new)
        }
        for index in rules.indices {
            policy.rules[index].id = new(rules[index].id)
            policy.rules[index].roles = rules[index].roles.map(new)
        }
        for index in constraints.indices {
            policy.constraints[index].id = new(constraints[index].id)
            policy.constraints[index].roles = constraints[index].roles.map(new)
        }
        for index in assignments.indices { policy.assignments[index].role.role = new(assignments[index].role.role) }
        return policy
    }
}

extension Decision.Reason {
    fileprivate var renamed: Decision.Reason {
        switch self {
        case .grant(let role, let pattern, let path):
            .grant(role: new(role), pattern: pattern, path: Decision.RolePath(path.names.map(new)))
        case .deny(let role, let pattern, let path):
            .deny(role: new(role), pattern: pattern, path: Decision.RolePath(path.names.map(new)))
        case .rule(let id, let effect, let isUnknown, let role, let path):
            .rule(
                id: new(id),
                effect: effect,
                isUnknown: isUnknown,
                role: role.map(new),
                path: Decision.RolePath(path.names.map(new))
            )
        case .constraint(let id): .constraint(id: new(id))
        case .scope: .scope
        case .credential: .credential
        case .default: .default
        }
    }
}
