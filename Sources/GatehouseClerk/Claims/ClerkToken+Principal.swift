extension ClerkToken {
    /// The principal that the token speaks for.
    ///
    /// A machine or an OAuth client has neither organization nor roles nor permissions of its own; what its token says of
    /// scopes is in the attributes, as a list under `scopes`.
    public var principal: Principal {
        var principal = Principal(
            subject,
            kind: kind == .m2m ? .machine : .user,
            issuer: issuer ?? "",
            tokenKind: kind.principalKind,
            attributes: kind == .session ? customClaims : customClaims.with(scopes: scopes)
        )
        guard kind == .session else { return principal }
        principal.organization = organization.map { Principal.Organization($0.id, slug: $0.slug) }
        principal.roles = organization?.role.map { [RoleAssignment($0)] } ?? []
        principal.permissions = organization?.permissions ?? []
        principal.features = areWellFormed.features ? features : []
        principal.plans = areWellFormed.plans ? plans : []
        principal.factorAges = factorAges
        principal.actor = actor
        principal.session = session
        return principal
    }
}
