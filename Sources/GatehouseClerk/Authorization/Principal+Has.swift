extension Principal {
    /// Returns true if the claims of a session meet all demands, as by Clerk's `has()` (`@clerk/shared`, authorization.ts).
    ///
    /// All demands must hold. A demand does not hold if the claims do not say so, or say so in an unexpected form; without a demand
    /// the answer is false. Only sessions can meet demands; for machines and OAuth clients the answer is false. The method looks at the
    /// credential alone, and at no policy: prefer a `Requirement` where there is a policy.
    ///
    /// - Parameters:
    ///   - role: The role in the active organization, with or without its leading `org:`.
    ///   - permission: A permission in the active organization, such as `org:invoices:read`; the leading `org:` may be absent.
    ///     Clerk's system permissions are in no token.
    ///   - feature: A feature, such as `o:invoices` of the organization, `u:invoices` of the user, or `invoices` of either.
    ///     The scopes may also be written `org`, `organization` and `user`.
    ///   - plan: A plan, written like a feature.
    ///   - reverification: The demand on the age of the user's proofs of identity.
    public func has(
        role: String? = nil,
        permission: String? = nil,
        feature: String? = nil,
        plan: String? = nil,
        reverification: Reverification? = nil
    ) -> Bool {
        guard kind == .user, tokenKind == .session, !id.isEmpty else { return false }
        let answers = [
            role.map { holds(role: $0) },
            permission.map { holds(permission: $0) },
            feature.map { ScopedName($0)?.isAmong(features) ?? false },
            plan.map { ScopedName($0)?.isAmong(plans) ?? false },
            reverification.map { factorAges.map($0.isMet) ?? false },
        ].compactMap(\.self)
        return !answers.isEmpty && answers.allSatisfy(\.self)
    }

    private func holds(role: String) -> Bool {
        guard organization != nil, let role = ClerkToken.Organization.prefixed(role) else { return false }
        return roles.contains { ClerkToken.Organization.prefixed($0.role)?.hasSameBytes(as: role) ?? false }
    }

    private func holds(permission: String) -> Bool {
        guard organization != nil, let permission = ClerkToken.Organization.prefixed(permission) else { return false }
        return permissions.contains { $0.hasSameBytes(as: permission) }
    }
}
