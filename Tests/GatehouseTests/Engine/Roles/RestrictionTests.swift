import SeededGenerator
import Testing

@testable import Gatehouse

@Suite("A role that is said to take nothing away takes nothing away")
struct RestrictionTests {
    /// How many decisions a law was about.
    private struct Tally {
        var restricting = 0
        var harmless = 0
        var allowedBefore = 0
    }

    @Test("a role that is inherited may be the active one, and be asked for by its name")
    func active() throws {
        let policy = Policy {
            Role("intern")
            Role("clerk") { Inherits("intern") }
            Role("reader") { Grants("read") }
            Rule("no-interns", .deny, "read", to: "*", when: .in("intern", "$principal.roles"))
        }
        let engine = try PolicyEngine(policy)
        #expect(engine.mayTakeAway(byAssigning: "clerk") && !engine.mayTakeAway(byAssigning: "reader"))
        for (roles, isAllowed) in [(["reader"], true), (["reader", "clerk"], false)] as [([RoleAssignment], Bool)] {
            let principal = Principal("user", roles: roles, activeRoles: ["reader", "intern"])
            #expect(engine.allows(AccessCheck("read", by: principal, at: .distantPast)) == isAllowed)
        }
    }

    @Test(
        "a principal with one more role that takes nothing away may do all that was allowed before",
        arguments: 1...12 as ClosedRange<UInt64>
    )
    func takesNothing(seed: UInt64) throws {
        var source = RandomPolicy(random: SeededGenerator(seed: seed &+ 7_000))
        var tally = Tally()
        for _ in 0..<60 {
            let policy = source.sound { $0.policyAboutRoles() }
            let engine = try PolicyEngine(policy)
            for _ in 0..<20 {
                var check = try source.check(of: policy)
                if source.random.chance(40) { check.principal.activeRoles = source.activeRoles(of: policy) }
                let added = source.boundedRole(of: policy.roles.map(\.name) + ["role:undefined"])
                guard !engine.mayTakeAway(byAssigning: added.role) else {
                    tally.restricting += 1
                    continue
                }
                tally.harmless += 1
                guard engine.allows(check) else { continue }
                tally.allowedBefore += 1
                var holding = check
                let place = Int.random(in: 0...check.principal.roles.count, using: &source.random)
                holding.principal.roles.insert(added, at: place)
                guard engine.allows(holding) else {
                    let (before, after) = (engine.decide(check), engine.decide(holding))
                    Issue.record(
                        "seed \(seed): \(before), with \(added) \(after), to \(holding.inFull) under \(policy)"
                    )
                    return
                }
            }
        }
        // Else the law says little.
        #expect(tally.restricting > 100 && tally.harmless > 100 && tally.allowedBefore > 20, "\(tally)")
    }
}

extension RandomPolicy {
    /// A policy with few denials and many conditions about the names of held roles.
    fileprivate mutating func policyAboutRoles() -> Policy {
        var policy = policy()
        let names = policy.roles.map(\.name) + ["role:undefined"]
        if random.chance(60) {
            for index in policy.roles.indices { policy.roles[index].denies = [] }
            for index in policy.rules.indices where random.chance(80) { policy.rules[index].effect = .allow }
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            var rule = rule(for: policy.roles.map(\.name))
            rule.condition = conditionAboutRoles(names, depth: 3)
            policy.rules.append(rule)
        }
        return policy
    }

    private mutating func conditionAboutRoles(_ names: [String], depth: Int) -> Condition {
        guard depth > 1, random.chance(50) else {
            let name: JSONValue = .string(random.pick(names))
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: return .in(name, "$principal.roles")
            case 4..<8: return .contains("$principal.roles", name)
            case 8: return condition(depth: 2)
            default: return random.pick([.exists("$principal.roles"), .notEquals("$principal.roles", [name])])
            }
        }
        let (one, other) = (conditionAboutRoles(names, depth: depth - 1), condition(depth: 2))
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .all([one, other])
        case 1: return .any([other, one])
        default: return .not(one)
        }
    }

    fileprivate mutating func activeRoles(of policy: Policy) -> [String] {
        policy.roles.map(\.name).filter { _ in random.chance(60) }.shuffled(using: &random)
    }
}
