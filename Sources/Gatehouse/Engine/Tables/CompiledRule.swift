/// A rule with its names resolved.
struct CompiledRule: Sendable {
    let id: String
    let effect: Rule.Effect
    /// The roles of the rule, in their order; `nil` stands for everyone.
    let roles: [Int?]
    let patterns: [CompiledPattern]
    let condition: CompiledCondition?

    init(_ rule: Rule, _ roles: NameTable, _ permissions: PermissionTable) {
        id = rule.id
        effect = rule.effect
        self.roles = rule.roles.compactMap { name -> Int?? in
            // An undefined role, which a policy without errors does not have, matches nobody and not everyone.
            name.hasSameBytes(as: Rule.everyone) ? .some(nil) : roles.id(of: name).map { .some($0) }
        }
        patterns = CompiledPattern.compile(rule.permissions, permissions)
        condition = rule.condition.map { CompiledCondition($0) }
    }

    var isForEveryone: Bool { roles.contains(nil) }

    /// Returns true if the rule applies, by the outcome of its condition. A denial also applies if the outcome is unknown.
    func applies(_ truth: Truth) -> Bool {
        switch truth {
        case .yes: true
        case .no: false
        case .unknown: effect == .deny
        }
    }

    /// Returns true if the rule applies to a check.
    func applies(to facts: CheckFacts) -> Bool { applies(condition?.evaluate(facts) ?? .yes) }

    /// True if the rule applies to every check.
    var appliesAlways: Bool { outcomes.isSubset(of: effect == .deny ? [.yes, .unknown] : .yes) }
    /// True if the rule applies to no check.
    var appliesNever: Bool { outcomes.isDisjoint(with: effect == .deny ? [.yes, .unknown] : .yes) }

    private var outcomes: TruthSet { condition?.outcomes ?? .yes }
}

/// The rules by the permissions that they are about.
struct RuleIndex: Sendable {
    /// The rules that name a permission without wildcards, by its id.
    private var exact: [Int: [Int]] = [:]
    private var patterns = PatternTrie()
    /// The rules that name a role, by its id.
    private(set) var byRole: [Int: [Int]] = [:]
    /// The rules for everyone.
    private(set) var forEveryone: [Int] = []

    init(_ rules: [CompiledRule], _ segments: SegmentTable) {
        for (index, rule) in rules.enumerated() {
            for pattern in rule.patterns {
                if let id = pattern.id {
                    exact[id, default: []].append(index)
                } else {
                    patterns.insert(pattern.pattern, index, segments)
                }
            }
            if rule.isForEveryone { forEveryone.append(index) }
            for role in rule.roles.compactMap(\.self) { byRole[role, default: []].append(index) }
        }
    }

    /// True if a rule may be about a permission that the policy does not name.
    var hasPatterns: Bool { !patterns.isEmpty }

    /// Returns the rules that are about the permission, in the order of the policy.
    func rules(about permission: Permission, id: Int?, _ segments: SegmentTable) -> [Int] {
        let named = id.flatMap { exact[$0] } ?? []  // in order, and each once, since a rule has each pattern once
        if patterns.isEmpty { return named }
        var found = Set(named)
        patterns.forEachMatch(segments.ids(of: permission)) { found.insert($0) }
        return found.sorted()
    }
}
