extension ClerkToken {
    /// The principal that the token speaks for.
    ///
    /// A machine's or an OAuth token carries neither organization nor roles nor permissions. Its own claims are the principal's
    /// ``Principal/claims``, and no attributes: whoever creates such a token chooses them.
    public var principal: Principal {
        var principal = Principal(
            subject,
            kind: kind == .m2m ? .machine : .user,
            issuer: issuer ?? "",
            tokenKind: kind.principalKind,
            scopes: scopes,
            clientID: clientID,
            attributes: kind == .session ? customClaims : [:],
            claims: kind == .session ? [:] : customClaims,
            expiresAt: expiresAt
        )
        if kind != .m2m { principal.actor = actor }
        guard kind == .session else { return principal }
        principal.organization = organization.map { Principal.Organization($0.id, slug: $0.slug) }
        principal.roles = organization?.role.map { [RoleAssignment($0)] } ?? []
        principal.permissions = organization?.permissions ?? []
        principal.features = areWellFormed.features ? features : []
        principal.plans = areWellFormed.plans ? plans : []
        principal.factorAges = factorAges
        principal.session = session
        return principal
    }
}
