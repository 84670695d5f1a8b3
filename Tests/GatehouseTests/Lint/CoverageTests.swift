import Gatehouse
import SeededGenerator
import Testing

@Suite("Shadowed and redundant grants are those that a brute force finds")
struct CoverageTests {
    /// Every name of up to four segments, of which one stands for all that no pattern mentions.
    private static let names: [String] = {
        var names: [String] = []
        var last = [""]
        for _ in 1...4 {
            last = last.flatMap { prefix in
                ["a", "b", "fresh"].map { prefix.isEmpty ? $0 : "\(prefix):\($0)" }
            }
            names += last
        }
        return names
    }()

    @Test("random policies have the findings of a brute force", arguments: 0..<20)
    func agreesWithBruteForce(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let policy = Self.randomPolicy(&random)
            let findings = policy.findings()
            for code in [Finding.Code.shadowedGrant, .redundantGrant, .unreachableRule] {
                let found = findings.filter { $0.code == code }.compactMap { $0.location?.description }
                #expect(found == Self.bruteForce(policy, code).map(\.description), "\(policy)")
            }
        }
    }

    /// Patterns have up to three segments; so four tell `**` from every other.
    private static func randomPolicy(_ random: inout SeededGenerator) -> Policy {
        func patterns(_ limit: Int) -> [String] {
            (0..<Int.random(in: 0...limit, using: &random)).map { _ in
                let head = (0..<Int.random(in: 0...2, using: &random)).map { _ in random.pick(["a", "b", "*", "*"]) }
                return (head + [random.pick(["a", "*", "**"])]).joined(separator: ":")
            }
        }
        // More roles than fit a word, of which most say the same few things.
        let names = (0..<Int.random(in: 1...9, using: &random)).map { "role:\($0)" }
        let roles = names.enumerated().map { place, name in
            Role(
                name,
                inherits: names[..<place].filter { _ in random.chance(30) }.shuffled(using: &random),
                grants: patterns(5),
                denies: patterns(3)
            )
        }
        let rules = (0..<4).map { number in
            Rule(
                "r\(number)",
                random.chance(50) ? .allow : .deny,
                permissions: patterns(2) + ["a:*"],
                roles: [random.pick(names + ["*"]), random.pick(names)]
            )
        }
        return Policy(roles: roles.shuffled(using: &random), rules: rules)
    }

    private static func bruteForce(_ policy: Policy, _ code: Finding.Code) -> [Finding.Location] {
        if code == .unreachableRule {
            return policy.rules.indices.filter { isUnreachable(policy.rules[$0], policy) }.map { .rule($0, nil) }
        }
        var found: [Finding.Location] = []
        for (place, role) in policy.roles.enumerated() {
            let inherited = inherited(by: role.name, policy)
            for (entry, grant) in role.grants.enumerated() {
                let isFound =
                    if code == .shadowedGrant {
                        covers((inherited + [role]).flatMap(\.denies), grant)
                    } else {
                        inherited.flatMap(\.grants).contains { covers([$0], grant) }
                            || role.grants.enumerated().contains { other, pattern in
                                other != entry && covers([pattern], grant)
                                    && (other < entry || !covers([grant], pattern))
                            }
                    }
                if isFound { found.append(.grant(role: place, entry)) }
            }
        }
        return found
    }

    private static func isUnreachable(_ rule: Rule, _ policy: Policy) -> Bool {
        guard rule.effect == .allow else { return false }
        return rule.roles.allSatisfy { name in
            let roles = inherited(by: name, policy) + policy.roles.filter { $0.name == name }
            let names = roles.map(\.name) + ["*"]
            let rules = policy.rules.filter { $0.effect == .deny && !Set($0.roles).isDisjoint(with: names) }
            let denied = roles.flatMap(\.denies) + rules.flatMap(\.permissions)
            return rule.permissions.allSatisfy { covers(denied, $0) }
        }
    }

    private static func inherited(by name: String, _ policy: Policy) -> [Role] {
        policy.roles.filter { $0.name == name }.flatMap(\.inherits).flatMap { parent in
            policy.roles.filter { $0.name == parent } + inherited(by: parent, policy)
        }
    }

    private static func covers(_ patterns: [String], _ pattern: String) -> Bool {
        names.allSatisfy { name in
            !ReferenceEvaluator.matches(pattern, name)
                || patterns.contains { ReferenceEvaluator.matches($0, name) }
        }
    }

    @Test("more patterns than fit a word are weighed in passes, each for the right roles")
    func manyPatterns() {
        let count = 300
        var roles = (0..<count).map { Role("deny:\($0)", denies: ["app:r\($0):*"]) }
        roles += (0..<count).map { number in
            let inherited = number.isMultiple(of: 3) ? number : (number + 1) % count
            return Role("grant:\(number)", inherits: ["deny:\(inherited)"], grants: ["app:r\(number):read"])
        }
        let expected = (0..<count).filter { $0.isMultiple(of: 3) }.map { Finding.Location.grant(role: count + $0, 0) }
        #expect(Policy(roles: roles).findings().map(\.location) == expected)
    }

    /// Each name is matched by 2^11 patterns, of which the lint cannot look at each.
    @Test("patterns that overlap without end cost warnings, and no time")
    func overlappingPatterns() {
        let denied = (0..<2_048).map { bits in
            ((0..<11).map { bits >> $0 & 1 == 0 ? "a" : "*" } + ["**"]).joined(separator: ":")
        }
        let granted = (0..<4_000).map { "\(Array(repeating: "a", count: 11).joined(separator: ":")):x\($0)" }
        let policy = Policy(
            roles: [Role("few", grants: ["b", "b"]), Role("many", grants: granted, denies: denied)],
            rules: [Rule("r", .allow, permissions: granted, roles: ["many"])]
        )
        let findings = policy.findings()
        #expect(findings.first?.code == .redundantGrant)
        #expect(findings.allSatisfy { $0.severity == .warning })
    }
}
