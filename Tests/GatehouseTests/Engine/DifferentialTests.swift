import Gatehouse
import SeededGenerator
import Testing

@Suite("The engine decides as the naive evaluator does, on random policies")
struct DifferentialTests {
    /// Policies a seed; each is asked so many checks.
    private static let policies = 60
    private static let checks = 50

    @Test("decisions, reasons and resolved checks agree", arguments: 1...40 as ClosedRange<UInt64>)
    func agrees(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed))
        for _ in 0..<Self.policies {
            let policy = source.policy()
            let engine = try PolicyEngine(policy)
            let reference = ReferenceEvaluator(policy: policy)
            for _ in 0..<Self.checks {
                let check = try source.check(of: policy)
                let expected = reference.answer(check)
                let decision = engine.decide(check)
                let resolved = engine.resolve(check.principal)
                try #require(decision.isAllowed == expected.isAllowed, "seed \(seed): \(check) under \(policy)")
                try #require(deciding(decision) == expected.deciding, "seed \(seed): \(check) under \(policy)")
                try #require(
                    resolved.allows(check.permission, on: check.resource, at: check.time) == expected.isAllowed
                )
                try #require(engine.allows(check) == expected.isAllowed)
                if check.resource == nil {
                    try #require(resolved.allows(check.permission, at: check.time) == expected.isAllowed)
                    try #require(resolved.allows(check.permission.name, at: check.time) == expected.isAllowed)
                }
                try requirePaths(of: decision, under: policy, held: reference.heldRoles(check))
            }
        }
    }

    private func deciding(_ decision: Decision) -> [String] {
        decision.reasons.compactMap { reason in
            switch reason {
            case .grant(let role, let pattern, _): "\(role) grants \(pattern)"
            case .deny(let role, let pattern, _): "\(role) denies \(pattern)"
            case .rule, .constraint, .default: nil
            }
        }
    }

    /// A path runs from a held role to the deciding one along `inherits`, and no shorter one exists.
    private func requirePaths(of decision: Decision, under policy: Policy, held: [String]) throws {
        for reason in decision.reasons {
            guard case .grant(let role, _, let path) = reason.asGrant else { continue }
            try #require(path.last == role)
            try #require(path.first.map(held.contains) == true)
            for (child, parent) in zip(path, path.dropFirst()) {
                try #require(policy.roles.contains { $0.name == child && $0.inherits.contains(parent) })
            }
            try #require(path.count - 1 == distance(from: held, to: role, under: policy))
        }
    }

    private func distance(from held: [String], to role: String, under policy: Policy) -> Int {
        var reached = Set(held)
        var steps = 0
        while !reached.contains(role) {
            let before = reached
            for child in policy.roles where before.contains(child.name) { reached.formUnion(child.inherits) }
            steps += 1
        }
        return steps
    }
}

extension Reason {
    /// The reason with its denial, if it is one, as a grant: both have the same parts.
    fileprivate var asGrant: Reason {
        if case .deny(let role, let pattern, let path) = self {
            return .grant(role: role, pattern: pattern, path: path)
        }
        return self
    }
}
