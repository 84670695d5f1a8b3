/// The roles and rules of a policy without errors, in numbers.
struct NumberedPolicy {
    let graph: RoleGraph
    /// The patterns that each role grants, by the role's position.
    let grants: [[Int]]
    /// The patterns that each role denies, by the role's position.
    let denies: [[Int]]
    /// The roles that each rule names, by their numbers.
    let ruleRoles: [[Int]]
    /// The patterns that each rule names.
    let rulePatterns: [[Int]]

    init(_ policy: Policy, _ roles: RoleIndex, _ graph: RoleGraph, _ patterns: inout PatternTable) {
        func numbers(_ texts: [String]) -> [Int] { texts.compactMap { try? patterns.insert($0) } }
        self.graph = graph
        grants = policy.roles.map { numbers($0.grants) }
        denies = policy.roles.map { numbers($0.denies) }
        rulePatterns = policy.rules.map { numbers($0.permissions) }
        ruleRoles = policy.rules.map { rule in
            rule.roles.compactMap { rule.isEveryone($0) ? RoleGraph.everyone : roles[$0].map { graph.numbers[$0] } }
        }
    }

    /// The denials of each role itself.
    var ownDenials: [(role: Int, pattern: Int)] { owned(denies) }

    /// The own grants of each role, without inherited ones.
    var ownGrants: [(role: Int, pattern: Int)] { owned(grants) }

    private func owned(_ patterns: [[Int]]) -> [(role: Int, pattern: Int)] {
        patterns.enumerated().flatMap { position, patterns in patterns.map { (graph.numbers[position], $0) } }
    }
}
