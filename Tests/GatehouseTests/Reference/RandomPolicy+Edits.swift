import Gatehouse
import SeededGenerator

extension RandomPolicy {
    /// The policy after one edit, such as people make between two versions; without errors.
    mutating func edited(_ policy: Policy) -> Policy {
        sound { source in
            var edited = policy
            source.edit(&edited)
            return edited
        }
    }

    private mutating func edit(_ policy: inout Policy) {
        let names = policy.roles.map(\.name)
        let role = Int.random(in: policy.roles.indices, using: &random)
        switch Int.random(in: 0..<16, using: &random) {
        case 0: policy.roles[role].grants += patterns(1...1)
        case 1: drop(from: &policy.roles[role].grants)
        case 2: policy.roles[role].denies += patterns(1...1)
        case 3: drop(from: &policy.roles[role].denies)
        case 4: policy.roles[role].inherits.append(random.pick(names))  // a cycle is tried again
        case 5: drop(from: &policy.roles[role].inherits)
        case 6: policy.rules.insert(rule(for: names), at: Int.random(in: 0...policy.rules.count, using: &random))
        case 7: drop(from: &policy.rules)
        case 8: alterRule(of: &policy)
        case 9: addRole(to: &policy, names)
        case 10: removeRole(role, from: &policy)
        case 11: policy.assignments.append(assignment(of: names))
        case 12: drop(from: &policy.assignments)
        case 13: policy.constraints += constraint(on: names).map { [$0] } ?? []
        case 14: drop(from: &policy.constraints)
        default: policy.combining = policy.combining == .denyOverrides ? .anyCleanRole : .denyOverrides
        }
    }

    private mutating func alterRule(of policy: inout Policy) {
        guard let index = policy.rules.indices.randomElement(using: &random) else { return }
        if random.chance(50) {
            policy.rules[index].condition = condition(depth: 3)
        } else {
            policy.rules[index].effect = policy.rules[index].effect == .allow ? .deny : .allow
        }
    }

    private mutating func addRole(to policy: inout Policy, _ names: [String]) {
        guard let name = (0..<9).map({ "role:\($0)" }).first(where: { !names.contains($0) }) else { return }
        policy.roles.insert(role(name, inheriting: names), at: Int.random(in: 0...names.count, using: &random))
    }

    /// Removes a role and every mention of it; the last one stays.
    private mutating func removeRole(_ index: Int, from policy: inout Policy) {
        guard policy.roles.count > 1 else { return }
        let name = policy.roles.remove(at: index).name
        for index in policy.roles.indices { policy.roles[index].inherits.removeAll { $0 == name } }
        for index in policy.rules.indices { policy.rules[index].roles.removeAll { $0 == name } }
        policy.rules.removeAll { $0.roles.isEmpty }
        policy.constraints.removeAll { $0.roles.contains(name) }
        policy.assignments.removeAll { $0.role.role == name }
    }

    private mutating func drop<Element>(from elements: inout [Element]) {
        guard let index = elements.indices.randomElement(using: &random) else { return }
        elements.remove(at: index)
    }
}
