import Synchronization

/// What a principal came to under an authorizer, for its next checks.
final class PrincipalResolution: Sendable {
    /// Whose finding this is.
    let owner: AuthorizerIdentity
    /// The roles that the principal holds, under the policy that they were resolved with.
    let roles: ResolvedRoles
    /// How long what was loaded may be used; `nil` where nothing was loaded.
    let lease: Lease?

    init(_ owner: AuthorizerIdentity, _ roles: ResolvedRoles, _ lease: Lease?) {
        (self.owner, self.roles, self.lease) = (owner, roles, lease)
    }
}

/// What the copies of one authorizer share, and no other authorizer has.
final class AuthorizerIdentity: Sendable {}

extension Authorizer {
    /// What the principal came to before, if that still holds.
    func known(of principal: Principal) -> PrincipalResolution? {
        guard let found = principal.storage.found.withLock({ $0 }) as? PrincipalResolution, found.owner === identity,
            policy.isCurrent(found.roles.engine), isUsable(found.lease)
        else { return nil }
        return found
    }

    /// What the principal comes to, from memory or with roles that are loaded.
    ///
    /// - Parameter revision: The state of the source that loaded roles must come from, or a later one.
    func resolution(
        of principal: Principal,
        atLeast revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> PrincipalResolution {
        if revision == nil, let known = known(of: principal) { return known }
        let (roles, loaded) = try await held(by: principal, atLeast: revision)
        let lease = loaded.map { loaded in
            scope(of: principal).withKey(organization: principal.organization?.id, user: principal.id) { key in
                cache.lease(of: loaded, key)
            }
        }
        let resolution = PrincipalResolution(identity, roles, lease)
        principal.storage.found.withLock { $0 = resolution }
        return resolution
    }
}
