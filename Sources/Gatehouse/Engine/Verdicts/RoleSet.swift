/// The rights of a set of roles: a verdict for each permission that the policy names, and the data for other permissions and for
/// conditions. The value is immutable, and all principals with exactly these roles share it.
final class RoleSet: Sendable {
    let verdicts: VerdictTable
    let groups: [RoleGroup]
    /// The judge of roles that are too many to compile; `nil` if the groups judge.
    private let wide: WideRoles?
    /// True if a constraint forbids these roles together, so that everything is denied.
    private let isViolating: Bool
    /// The verdict on every permission that the policy does not name, if no pattern could match such a permission; otherwise `nil`.
    let unnamed: Verdict?
    /// The ids of the roles, in ascending order, with ``CompiledRole/undefined`` for roles that the policy does not define.
    let held: [Int]
    /// The approximate number of bytes of the set.
    let size: Int

    /// Compiles a set of roles.
    ///
    /// - Parameters:
    ///   - held: The ids of the roles, each once, with ``CompiledRole/undefined`` for a role that the policy does not define.
    ///   - isWhole: True to compile the whole set, however large it is.
    init(_ held: [Int], _ engine: PolicyEngine, isWhole: Bool = false) {
        let defined = held.filter { $0 != CompiledRole.undefined }
        let wide = isWhole ? nil : WideRoles(held, engine)
        let groups: [RoleGroup] =
            switch engine.policy.combining {
            case _ where wide != nil: []
            case .denyOverrides: [RoleGroup(defined, engine)]
            case .anyCleanRole where held.isEmpty: [RoleGroup([], engine)]
            case .anyCleanRole: held.map { RoleGroup($0 == CompiledRole.undefined ? [] : [$0], engine) }
            }
        isViolating = !engine.violatedConstraints(RoleWalk(from: defined, engine.roles).reached).isEmpty
        self.held = held
        self.groups = groups
        self.wide = wide
        let mayMatch = wide != nil || engine.ruleIndex.hasPatterns || groups.contains(where: \.hasPatterns)
        unnamed = isViolating ? .denied : mayMatch ? nil : .silent
        verdicts =
            isViolating
            ? .denyingAll(engine.permissions.count)
            : wide != nil ? .empty : .of(groups, engine.permissions.count)
        size =
            1_024 + engine.permissions.count / 4 + groups.reduce(held.count * 8) { $0 + $1.size } + (wide?.size ?? 0)
    }

    /// Returns this set with everything compiled, for questions about every permission.
    func whole(_ engine: PolicyEngine) -> RoleSet { wide == nil ? self : RoleSet(held, engine, isWhole: true) }

    /// Returns the verdict on the permission with this id, where `nil` means a permission that the policy does not name. The result is
    /// `nil` if conditions or patterns decide.
    @inline(__always)
    func verdict(id: Int?) -> Verdict? {
        guard let id else { return unnamed }
        return verdicts[id]
    }

    /// Returns the possibility of a permission, if nothing is known of a check's attributes.
    ///
    /// - Parameter id: The permission's id; `nil` if the policy does not name the permission.
    func possibility(of permission: Permission, id: Int?, _ engine: PolicyEngine) -> Possibility {
        if let verdict = verdict(id: id) { return verdict == .allowed ? .always : .never }
        return stances(on: permission, id: id, engine).map(\.possibility).max() ?? .never
    }

    /// Returns the possibility of a permission that something else grants, where only the denials of these roles count and nothing is known
    /// of a check's attributes.
    ///
    /// - Parameter id: The permission's id; `nil` if the policy does not name the permission.
    func tolerance(of permission: Permission, id: Int?, _ engine: PolicyEngine) -> Possibility {
        if let verdict = verdict(id: id) { return verdict == .denied ? .never : .always }
        let stances = stances(on: permission, id: id, engine)
        if stances.contains(where: { $0.possibility == .always }) || stances.allSatisfy({ !$0.mayBeDenial }) {
            return .always
        }
        let isDenied = stances.contains { $0.contains(.denies) } && stances.allSatisfy { $0.possibility == .never }
        return isDenied ? .never : .conditional
    }

    /// Returns the stance of each group on a permission, if nothing is known of a check's attributes.
    private func stances(on permission: Permission, id: Int?, _ engine: PolicyEngine) -> [Stance] {
        let rules = engine.ruleIndex.rules(about: permission, id: id, engine.segments)
        let name = id == nil ? engine.segments.ids(of: permission) : []
        return groups.map { group in
            rules.filter { group.rules[$0] }.map { Stance(engine.rules[$0]) }
                .reduce(group.stance(id: id, name)) { $0.union($1) }
        }
    }

    /// Returns true if the roles deny a permission in every check.
    ///
    /// - Parameter id: The permission's id; `nil` if the policy does not name the permission.
    func deniesAlways(_ permission: Permission, id: Int?, _ engine: PolicyEngine) -> Bool {
        if isViolating { return true }
        let name = id == nil ? engine.segments.ids(of: permission) : []
        return groups.contains { $0.stance(id: id, name).contains(.denies) }
    }

    /// Returns the verdict on any permission.
    ///
    /// - Parameters:
    ///   - id: The permission's id; `nil` if the policy does not name the permission.
    ///   - facts: The facts that conditions may ask; `nil` if the policy has no rules.
    func verdict(
        on permission: Permission,
        id: Int?,
        _ engine: PolicyEngine,
        _ facts: CheckFacts?
    ) -> Verdict {
        if let verdict = verdict(id: id) { return verdict }
        if let wide { return wide.verdict(on: permission, id: id, engine, facts) }
        let name = id == nil ? engine.segments.ids(of: permission) : []
        return withUnsafeTemporaryAllocation(of: Stance.self, capacity: groups.count) { stances in
            for group in groups.indices {  // in place: a group has seven parts to copy
                stances.initializeElement(at: group, to: groups[group].stance(id: id, name))
            }
            if let facts {
                let rules = engine.ruleIndex.rules(about: permission, id: id, engine.segments)
                consider(rules, of: engine, facts, stances)
            }
            if stances.contains(where: { $0.possibility == .always }) { return .allowed }
            return stances.contains { $0.contains(.denies) } ? .denied : .silent
        }
    }

    /// Adds the words of those of these rules that depend on a condition and apply to the words of the groups.
    private func consider(
        _ rules: [Int],
        of engine: PolicyEngine,
        _ facts: CheckFacts,
        _ stances: UnsafeMutableBufferPointer<Stance>
    ) {
        for index in rules where groups.indices.contains(where: { groups[$0].rules[index] }) {
            guard engine.rules[index].applies(to: facts) else { continue }
            let stance: Stance = engine.rules[index].effect == .allow ? .grants : .denies
            for group in groups.indices where groups[group].rules[index] { stances[group].insert(stance) }
        }
    }
}

extension VerdictTable {
    /// Returns the verdicts of the groups on each permission that hold in every check.
    fileprivate static func of(_ groups: [RoleGroup], _ count: Int) -> VerdictTable {
        var (allowed, possible, denied, perhapsDenied) =
            (BitSet(count: count), BitSet(count: count), BitSet(count: count), BitSet(count: count))
        for group in groups {
            group.granted.forEach { id in
                if group.denied[id] { return }
                possible.insert(id)
                if !group.perhapsDenied[id] { allowed.insert(id) }
            }
            group.perhapsGranted.forEach { if !group.denied[$0] { possible.insert($0) } }
            group.denied.forEach { denied.insert($0) }
            group.perhapsDenied.forEach { perhapsDenied.insert($0) }
        }
        let undecided = possible.union(perhapsDenied.subtracting(denied)).subtracting(allowed)
        return VerdictTable(
            allowed: allowed,
            denied: denied.subtracting(allowed).subtracting(undecided),
            undecided: undecided
        )
    }

    fileprivate static func denyingAll(_ count: Int) -> VerdictTable {
        var all = BitSet(count: count)
        for id in 0..<count { all.insert(id) }
        return VerdictTable(allowed: BitSet(count: count), denied: all, undecided: BitSet(count: count))
    }
}
