/// What roles say that are judged together: all that are held where denials override, one of them where one clean role
/// is enough. Each with everything that it inherits, and with the rules for everyone.
struct Branch: Sendable {
    /// Granted and denied whatever a check brings with it, by permission id.
    private(set) var granted: BitSet
    private(set) var denied: BitSet
    /// What rules may grant and deny, by permission id.
    private(set) var perhapsGranted: BitSet
    private(set) var perhapsDenied: BitSet
    /// The rules that depend on a condition and are about these roles.
    private(set) var rules: BitSet
    /// For permissions that the policy does not name.
    private var grants = PatternTrie()
    private var denials = PatternTrie()

    init(_ held: [Int], _ engine: PolicyEngine) {
        let empty = BitSet(count: engine.permissions.count)
        (granted, denied, perhapsGranted, perhapsDenied) = (empty, empty, empty, empty)
        rules = BitSet(count: engine.rules.count)
        var applicable = Set(engine.ruleIndex.forEveryone)
        for role in Inheritance(from: held, engine.roles).reached {
            for pattern in engine.roles[role].grants { engine.insert(pattern, &granted, &grants) }
            for pattern in engine.roles[role].denies { engine.insert(pattern, &denied, &denials) }
            if let named = engine.ruleIndex.byRole[role] { applicable.formUnion(named) }
        }
        for index in applicable { insert(index, engine) }
    }

    private mutating func insert(_ index: Int, _ engine: PolicyEngine) {
        let rule = engine.rules[index]
        if rule.appliesNever { return }
        if !rule.appliesAlways { rules.insert(index) }
        for pattern in rule.patterns {
            switch (rule.effect, rule.appliesAlways) {
            case (.allow, true): engine.insert(pattern, &granted, &grants)
            case (.deny, true): engine.insert(pattern, &denied, &denials)
            case (.allow, false): engine.forEachID(pattern) { perhapsGranted.insert($0) }
            case (.deny, false): engine.forEachID(pattern) { perhapsDenied.insert($0) }
            }
        }
    }

    /// Whether it may grant or deny a permission that the policy does not name.
    var hasPatterns: Bool { !grants.isEmpty || !denials.isEmpty }

    /// What it says of a permission whatever a check brings with it.
    ///
    /// - Parameter name: the permission by its segments, where the policy does not name it.
    func stance(id: Int?, _ name: [Int]) -> Stance {
        var stance: Stance = []
        if id.map({ granted[$0] }) ?? grants.matches(name) { stance.insert(.grants) }
        if id.map({ denied[$0] }) ?? denials.matches(name) { stance.insert(.denies) }
        return stance
    }
}

extension PolicyEngine {
    fileprivate func insert(_ pattern: CompiledPattern, _ bits: inout BitSet, _ trie: inout PatternTrie) {
        if pattern.id == nil { trie.insert(pattern.pattern, 0, segments) }
        forEachID(pattern) { bits.insert($0) }
    }

    fileprivate func forEachID(_ pattern: CompiledPattern, _ body: (Int) -> Void) {
        if let id = pattern.id { return body(id) }
        permissions.forEachID(matching: pattern.pattern, body)
    }
}
