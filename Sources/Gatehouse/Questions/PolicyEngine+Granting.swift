extension PolicyEngine {
    /// Assesses whether a principal may hand out a role without giving rights that the principal does not hold. This rule keeps people who
    /// may assign roles from assigning more than they have to themselves or to a friend.
    ///
    /// The assessment does not tell whether the principal may assign roles at all, which is a permission of the program's own. Names count,
    /// not times: a role that is held for a day counts like any other while it is held. Nothing is assumed of attributes. So a conditional
    /// denial counts against the principal, unless it limits every holder of the role in the same way, and a conditional grant of the role
    /// counts as given, unless the same rule is about the principal too. Rules for everyone give nothing new if denials override. If one
    /// clean role is enough, such rules give something new, since any further role, even one that the policy does not define, may be clean.
    ///
    /// - Parameters:
    ///   - role: The role that is to be handed out, with everything that it inherits.
    ///   - principal: The principal that would hand it out, in its organization and with its active roles.
    ///   - resource: The resource for which it would be handed out; `nil` for all of them.
    ///   - time: The time.
    public func canGrant(
        _ role: String,
        by principal: Principal,
        on resource: ResourceID? = nil,
        at time: Timestamp
    ) -> GrantAssessment {
        let given = GuaranteedGrants(of: roleNames.id(of: role).map { [$0] } ?? [], sharingLimitsOf: nil, self)
        let held = effectiveRoles(of: principal, on: resource, at: time)
        // A delegated credential hands out nothing, since no scope stands for everything that a role may give later.
        let groups = principal.isDelegated ? [] : guaranteedGrants(of: held, given)
        let denials = given.denials
        let offered = given.conditional.filter { rule in !groups.contains { $0.conditional.contains(rule) } }
        let lasting = given.grants + offered.flatMap { patterns(of: $0) }
        var difference = PermissionDifference(
            of: [PatternSet(grants: lasting, denials: denials)],
            beyond: groups.map { PatternSet(grants: $0.grants, denials: $0.denials) }
        )
        var (remainder, work) = (difference.remainder, difference.work)
        let listed = PatternSet(grants: remainder)
        // A rule that is about both gives nothing new, unless the principal's own denials stop the rule.
        for rule in given.conditional.subtracting(offered).sorted() where difference.isExact {
            let shared = patterns(of: rule)
            difference = PermissionDifference(
                of: [PatternSet(grants: shared, denials: denials)],
                beyond: [listed]
                    + groups.map { group in
                        let isShared = group.conditional.contains(rule)
                        return PatternSet(grants: isShared ? shared : group.grants, denials: group.denials)
                    },
                workLimit: PermissionDifference.workLimit - work
            )
            remainder += difference.remainder
            work += difference.work
        }
        guard difference.isExact else {
            return GrantAssessment(
                remainder: (given.grants + given.conditional.flatMap { patterns(of: $0) }).sortedUniquely()
            )
        }
        return GrantAssessment(remainder: remainder.sortedUniquely())
    }

    /// Returns the grants of a principal, for each group of roles that is judged together; empty if a constraint is violated.
    private func guaranteedGrants(of held: EffectiveRoles, _ given: GuaranteedGrants) -> [GuaranteedGrants] {
        if violatesConstraints(held.defined) { return [] }
        let groups: [[Int]] =
            switch policy.combining {
            case .denyOverrides: [held.defined]
            case .anyCleanRole where held.ids.isEmpty: [[]]
            case .anyCleanRole: held.ids.map { $0.map { [$0] } ?? [] }
            }
        return groups.map { GuaranteedGrants(of: $0, sharingLimitsOf: given, self) }
    }

    fileprivate func patterns(of rule: Int) -> [PermissionPattern] { rules[rule].patterns.map(\.pattern) }
}
