/// The stance of roles together on a permission, as far as it matters in a comparison with another policy.
struct Prospect: Hashable {
    /// A rule without its name.
    struct Clause: Hashable {
        var effect: Rule.Effect
        var condition: JSONValue?
    }

    var stance: Stance
    var clauses: Set<Clause>

    /// Returns true if this stance allows everything that the other stance allows, in every check.
    func covers(_ other: Prospect) -> Bool {
        if stance.contains(.denies) { return other.stance.contains(.denies) }
        let allows =
            stance.contains(.grants)
            || (!other.stance.contains(.grants) && clauses(.allow).isSuperset(of: other.clauses(.allow)))
        return allows && (other.stance.contains(.denies) || clauses(.deny).isSubset(of: other.clauses(.deny)))
    }

    func clauses(_ effect: Rule.Effect) -> Set<Clause> { clauses.filter { $0.effect == effect } }
}

extension RoleSet {
    /// Returns the stance of each group on a permission, with the conditions on which it depends.
    func prospects(of permission: Permission, id: Int?, _ engine: PolicyEngine) -> Set<Prospect> {
        let rules = engine.ruleIndex.rules(about: permission, id: id, engine.segments)
        let name = id == nil ? engine.segments.ids(of: permission) : []
        return Set(
            groups.map { group in
                let clauses = rules.filter { group.rules[$0] }.map { index in
                    let rule = engine.policy.rules[index]
                    return Prospect.Clause(effect: rule.effect, condition: rule.condition?.json)
                }
                return Prospect(stance: group.stance(id: id, name), clauses: Set(clauses))
            }
        )
    }
}
