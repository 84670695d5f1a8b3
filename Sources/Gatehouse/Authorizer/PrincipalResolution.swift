import Synchronization

/// The roles that an authorizer found for a principal, kept for the principal's next checks.
final class PrincipalResolution: Sendable {
    /// The authorizer that found the roles.
    let owner: AuthorizerIdentity
    /// The roles that the principal holds, under the policy that they were resolved with.
    let roles: ResolvedRoles
    /// The lease of the loaded roles; `nil` if nothing was loaded.
    let lease: Lease?

    init(_ owner: AuthorizerIdentity, _ roles: ResolvedRoles, _ lease: Lease?) {
        (self.owner, self.roles, self.lease) = (owner, roles, lease)
    }
}

/// An identity by which the copies of one authorizer recognize their findings.
final class AuthorizerIdentity: Sendable {}

extension Authorizer {
    /// Returns the finding of an earlier check of the principal; `nil` if there is none, or if it is no longer valid.
    func known(of principal: Principal) -> PrincipalResolution? {
        guard let found = principal.storage.found.withLock({ $0 }) as? PrincipalResolution, found.owner === identity,
            policy.isCurrent(found.roles.engine), isUsable(found.lease)
        else { return nil }
        return found
    }

    /// Returns the principal's roles, including the loaded roles, from an earlier check or resolved again.
    ///
    /// - Parameter revision: The earliest state of the source from which loaded roles may come.
    func resolution(
        of principal: Principal,
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> PrincipalResolution {
        if revision == nil, let known = known(of: principal) { return known }
        let (roles, loaded) = try await held(by: principal, minimumRevision: revision)
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
