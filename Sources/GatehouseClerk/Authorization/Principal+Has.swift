extension Principal {
    /// Clerk's `has()`: whether the claims of a session say all that is asked (`@clerk/shared`, authorization.ts).
    ///
    /// Everything asked must hold: what the claims do not say, or say in an unexpected form, does not, and where nothing is
    /// asked the answer is no. Only sessions are asked; for machines and OAuth clients it is no. It looks at the
    /// credential alone, and at no policy: prefer a `Requirement` where there is one.
    ///
    /// - Parameters:
    ///   - role: The role in the active organization, with or without its leading `org:`.
    ///   - permission: A permission in the active organization, such as `org:invoices:read`; the leading `org:` may be absent.
    ///     Clerk's system permissions are in no token.
    ///   - feature: A feature, such as `o:invoices` of the organization, `u:invoices` of the user, or `invoices` of either.
    ///     The scopes may also be written `org`, `organization` and `user`.
    ///   - plan: A plan, written like a feature.
    ///   - reverification: How lately the user proved who they are.
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
