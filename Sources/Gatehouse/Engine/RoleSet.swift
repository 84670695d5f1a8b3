/// What a set of held roles may do: a verdict for each permission that the policy names, and what it takes to find one
/// for others and where conditions decide. Immutable, and shared by every principal that holds just these roles.
final class RoleSet: Sendable {
    private let verdicts: VerdictTable
    private let branches: [Branch]
    /// Whether a constraint forbids to hold these roles together, so that they may do nothing.
    private let isViolating: Bool

    /// - Parameter held: the roles by id, each once; ``RoleSetKey/undefined`` for one that the policy does not define.
    init(_ held: [Int], _ engine: PolicyEngine) {
        let defined = held.filter { $0 != RoleSetKey.undefined }
        let branches =
            switch engine.policy.combining {
            case .denyOverrides: [Branch(defined, engine)]
            case .anyCleanRole where held.isEmpty: [Branch([], engine)]
            case .anyCleanRole: held.map { Branch($0 == RoleSetKey.undefined ? [] : [$0], engine) }
            }
        isViolating = !engine.violatedConstraints(Inheritance(from: defined, engine.roles)).isEmpty
        self.branches = branches
        verdicts =
            isViolating ? .denyingAll(engine.permissions.count) : VerdictTable(branches, engine.permissions.count)
    }

    /// The verdict on a permission that the policy names; nil where conditions decide.
    @inline(__always)
    subscript(_ id: Int) -> Verdict? { verdicts[id] }

    /// Whether there may be a check in which the permission of this id is allowed.
    func mayAllow(_ id: Int) -> Bool {
        if let verdict = verdicts[id] { return verdict == .allowed }
        return branches.contains { ($0.granted[id] || $0.perhapsGranted[id]) && !$0.denied[id] }
    }

    /// The verdict on any permission.
    ///
    /// - Parameters:
    ///   - id: its id; nil where the policy does not name it.
    ///   - facts: what conditions may ask; asked for only where there are any.
    func verdict(
        on permission: Permission,
        id: Int?,
        _ engine: PolicyEngine,
        _ facts: () -> CheckFacts
    ) -> Verdict {
        if isViolating { return .denied }
        if let id, let verdict = verdicts[id] { return verdict }
        let applying = engine.conditionalRules(about: permission, id: id, among: branches, facts)
        var isDenied = false
        for branch in branches {
            switch branch.verdict(id: id, { engine.segments.ids(of: permission) }, applying) {
            case .allowed: return .allowed
            case .denied: isDenied = true
            case .silent: break
            }
        }
        return isDenied ? .denied : .silent
    }
}

extension PolicyEngine {
    /// The rules about the permission that depend on a condition, are about one of the branches, and apply.
    fileprivate func conditionalRules(
        about permission: Permission,
        id: Int?,
        among branches: [Branch],
        _ facts: () -> CheckFacts
    ) -> [(rule: Int, effect: Rule.Effect)] {
        guard !rules.isEmpty else { return [] }
        let candidates = ruleIndex.rules(about: permission, id: id, segments)
            .filter { index in branches.contains { $0.rules[index] } }
        guard !candidates.isEmpty else { return [] }
        let facts = facts()
        return candidates.compactMap { index in
            let rule = rules[index]
            return rule.applies(rule.condition?.evaluate(facts) ?? .yes) ? (index, rule.effect) : nil
        }
    }
}

extension VerdictTable {
    /// What the branches say of each permission whatever a check brings with it.
    fileprivate init(_ branches: [Branch], _ count: Int) {
        var (allowed, possible, denied, perhapsDenied) =
            (BitSet(count: count), BitSet(count: count), BitSet(count: count), BitSet(count: count))
        for branch in branches {
            allowed.formUnion(branch.granted.subtracting(branch.denied).subtracting(branch.perhapsDenied))
            possible.formUnion(branch.granted.union(branch.perhapsGranted).subtracting(branch.denied))
            denied.formUnion(branch.denied)
            perhapsDenied.formUnion(branch.perhapsDenied)
        }
        let open = possible.union(perhapsDenied.subtracting(denied)).subtracting(allowed)
        self.init(allowed: allowed, denied: denied.subtracting(allowed).subtracting(open), open: open)
    }

    fileprivate static func denyingAll(_ count: Int) -> VerdictTable {
        var all = BitSet(count: count)
        for id in 0..<count { all.insert(id) }
        return VerdictTable(allowed: BitSet(count: count), denied: all, open: BitSet(count: count))
    }
}
