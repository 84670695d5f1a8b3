extension Policy {
    /// Returns the rules that never have an effect, because of their condition or, for allow rules, because all that they allow is denied.
    func unreachableRules(_ numbered: NumberedPolicy, _ patterns: PatternTable) -> [Finding] {
        let outcomes = rules.map { $0.condition.map { CompiledCondition($0).outcomes } ?? .yes }
        let isIdle = zip(rules, outcomes).map { rule, outcomes in
            outcomes.isDisjoint(with: rule.effect == .allow ? .yes : [.yes, .unknown])
        }
        let constant = rules.indices.filter { rules[$0].effect == .deny && !outcomes[$0].contains(.no) }
        let denied = constant.flatMap { rule in
            numbered.ruleRoles[rule].flatMap { role in numbered.rulePatterns[rule].map { (role: role, pattern: $0) } }
        }
        let coverage = Coverage(numbered.graph, patterns, numbered.ownDenials + denied)
        let allowing = rules.indices.filter { rules[$0].effect == .allow && !isIdle[$0] }
        let isDenied = numbered.areDenied(allowing, coverage, patterns)
        return rules.indices.compactMap { rule in
            let reason =
                isIdle[rule]
                ? "its condition is never \(rules[rule].effect == .allow ? "true" : "true or unknown")"
                : "all that it allows is always denied"
            guard isIdle[rule] || isDenied.contains(rule) else { return nil }
            let hint = isIdle[rule] && rules[rule].condition?.asksForList == true ? Condition.inHint : ""
            let message = "the rule “\(rules[rule].id.printable)” has no effect: \(reason)\(hint)"
            return Finding(.unreachableRule, message, at: .rule(rule, nil))
        }
    }
}

extension Condition {
    fileprivate static let inHint = "; “in” takes the element first, and then the list"

    /// True if an “in” has a list where the element stands. The property is recursive, to the depth of a condition without findings.
    fileprivate var asksForList: Bool {
        switch self {
        case .compare(let comparison, let lhs, _): comparison == .in && Operand(lhs).kind == .list
        case .exists: false
        case .all(let conditions), .any(let conditions): conditions.contains(where: \.asksForList)
        case .not(let condition): condition.asksForList
        }
    }
}

extension NumberedPolicy {
    /// The number of questions that are asked together, which bounds the memory.
    private static let maximumQuestions = 1 << 18

    /// Returns those of the rules whose permissions are all covered for every role of the rule.
    fileprivate func areDenied(_ rules: [Int], _ coverage: Coverage, _ patterns: PatternTable) -> Set<Int> {
        var effort = LintEffort(for: patterns)
        var candidates = Set(rules.filter { rulePatterns[$0].allSatisfy { coverage.isCoverable($0, &effort) } })
        var questions: [Coverage.Question] = []
        var askers: [Int] = []
        func ask() {
            for (rule, answer) in zip(askers, coverage.answers(to: questions, .together, &effort)) where answer == nil {
                candidates.remove(rule)
            }
            questions.removeAll(keepingCapacity: true)
            askers.removeAll(keepingCapacity: true)
        }
        for rule in rules where candidates.contains(rule) {
            for role in ruleRoles[rule] {
                guard candidates.contains(rule) else { break }
                for pattern in rulePatterns[rule] {
                    guard effort.spend() else { return [] }
                    questions.append(Coverage.Question(role: role, pattern: pattern))
                    askers.append(rule)
                }
                if questions.count >= Self.maximumQuestions { ask() }
            }
        }
        ask()
        return candidates
    }
}
