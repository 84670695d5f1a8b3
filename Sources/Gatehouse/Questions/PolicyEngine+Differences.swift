extension PolicyEngine {
    /// Returns the permissions that each role and each principal gains and loses if another policy replaces this one. The result has the
    /// roles, principals and permissions of either policy, sorted by subject (roles first), permission and change.
    ///
    /// A permission that depends on conditions counts as less than an unconditional permission, and as more than none. If the permission
    /// depends on different conditions under the two policies, some may gain and some may lose, and the result lists both. A principal is
    /// judged in every place and at every time that its assignments distinguish. The gains and losses of somebody without roles are listed
    /// for the role `*`, unless another line shows them.
    ///
    /// A role is judged alone and beside other roles. Whoever holds a role that no longer denies a permission gains the permission by
    /// another role, and whoever holds roles that a constraint no longer forbids together gains the permissions of these roles. Such a gain
    /// is listed for the role that denied the permission or that the constraint counts, unless the line of a principal with that role
    /// shows it.
    ///
    /// - Throws: ``PolicyDifferenceError`` if the comparison takes too many steps. Roles that are defined alike, with all that they
    ///   inherit, take no steps if the rules and constraints are the same.
    public func differences(to other: PolicyEngine) throws(PolicyDifferenceError) -> [PolicyDifference] {
        var pair = EnginePair(before: self, after: other)
        let everyone = EnginePair.Question(subject: .role(Rule.everyone), situations: [EnginePair.Situation()])
        let (roles, principals) = (pair.roleQuestions, pair.principalQuestions)
        // The steps are counted before anything is judged, so that a refusal comes at once.
        try pair.spend(on: [everyone] + roles + principals)
        let ofPrincipals = principals.flatMap { pair.differences($0) }
        let named = try pair.differences(ofRoles: roles, beside: ofPrincipals) + ofPrincipals
        return pair.differences(everyone).filter { everyone in
            !named.contains { $0.permission == everyone.permission && $0.change == everyone.change }
        } + named
    }
}
