extension ClerkToken {
    /// The principal of the token.
    ///
    /// The principal of a machine's or an OAuth token has no organization, no roles and no permissions. The token's own claims are the
    /// principal's `Principal.claims`, and not attributes, since the creator of such a token chooses its claims.
    public var principal: Principal {
        let isSession = kind == .session
        let speaker = isSession ? organization : nil
        return Principal(
            subject,
            kind: kind == .m2m ? .machine : .user,
            issuer: issuer ?? "",
            organization: speaker.map { Principal.Organization($0.id, slug: $0.slug) },
            roles: speaker?.role.map { [RoleAssignment($0)] } ?? [],
            permissions: speaker?.permissions ?? [],
            features: isSession && areWellFormed.features ? features : [],
            plans: isSession && areWellFormed.plans ? plans : [],
            factorAges: isSession ? factorAges : nil,
            actor: kind == .m2m ? nil : actor,
            tokenKind: kind.principalKind,
            session: isSession ? session : nil,
            scopes: scopes,
            clientID: clientID,
            attributes: isSession ? customClaims : [:],
            claims: isSession ? [:] : customClaims,
            expiresAt: expiresAt
        )
    }
}
