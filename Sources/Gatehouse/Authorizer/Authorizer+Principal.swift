extension Authorizer {
    /// Returns true if a principal may do something. The answer comes from memory, without suspending, if the principal's roles were
    /// resolved before and still hold. Otherwise they are resolved, and loaded if the credential does not name all of them.
    ///
    /// - Parameters:
    ///   - permission: The permission that is asked for.
    ///   - principal: The principal that asks.
    ///   - resource: The resource; `nil` for nothing in particular.
    ///   - action: Further facts of the action: a JSON object, which conditions find under `$action`.
    ///   - context: The circumstances: a JSON object, which conditions find under `$context`.
    ///   - revision: The state of the membership source that roles which have to be loaded must come from, or a later one; `nil` for any
    ///     that is still good.
    /// - Throws: ``AuthorizerError`` if its roles could not be loaded. That is neither yes nor no.
    nonisolated(nonsending) public func isAllowed(
        _ permission: Permission,
        for principal: Principal,
        on resource: Resource? = nil,
        action: JSONValue = .object([]),
        context: JSONValue = .object([]),
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> Bool {
        let principal = scopes.limiting(principal)
        let details = CheckDetails(resource: resource, action: action, context: context)
        guard observers.isEmpty else { return try await observedAnswer(permission, principal, details, revision) }
        if revision == nil, let answer = knownAnswer(permission, principal, details) { return answer }
        guard permissionSource != .token else { return principal.carries(permission) }
        guard principal.covers(permission) else { return false }
        return try await resolution(of: principal, minimumRevision: revision).roles
            .verdict(on: permission, of: principal, with: details, at: clock.now)
            .allows(permission, principal, permissionSource)
    }

    /// Returns the answer to a check without observers, if the roles for it were found before and are still valid; `nil` otherwise.
    ///
    /// - Parameter principal: The principal, limited to the permissions of its scopes.
    private func knownAnswer(_ permission: Permission, _ principal: Principal, _ details: CheckDetails) -> Bool? {
        guard permissionSource != .token else { return principal.carries(permission) }
        guard principal.covers(permission) else { return false }
        return known(of: principal)?.roles.verdict(on: permission, of: principal, with: details, at: clock.now)
            .allows(permission, principal, permissionSource)
    }

    /// Returns the answer of ``isAllowed(_:for:on:action:context:minimumRevision:)`` if nothing has to be loaded for the answer and nobody
    /// observes decisions; `nil` otherwise.
    package func answerAtHand(
        _ permission: Permission,
        for principal: Principal,
        on resource: Resource?,
        action: JSONValue,
        context: JSONValue
    ) -> Bool? {
        guard observers.isEmpty else { return nil }
        let principal = scopes.limiting(principal)
        let details = CheckDetails(resource: resource, action: action, context: context)
        if let answer = knownAnswer(permission, principal, details) { return answer }
        return rolesAtHand(of: principal)?.verdict(on: permission, of: principal, with: details, at: clock.now)
            .allows(permission, principal, permissionSource)
    }

    /// Returns true if a principal is known to be allowed, without loading roles or telling an observer. The result `false` has no meaning.
    func isKnownToAllow(_ permission: Permission, for principal: Principal, _ details: CheckDetails) -> Bool {
        observers.isEmpty && knownAnswer(permission, scopes.limiting(principal), details) == true
    }

    /// Returns the answer to a check, after the observers were told about it.
    @inline(never)
    private func observedAnswer(
        _ permission: Permission,
        _ principal: Principal,
        _ details: CheckDetails,
        _ revision: MembershipRevision?
    ) async throws(AuthorizerError) -> Bool {
        let now = clock.now()
        let (isAllowed, roles): (Bool, ResolvedRoles?)
        if permissionSource == .token {
            (isAllowed, roles) = (principal.carries(permission), nil)
        } else if !principal.covers(permission) {
            (isAllowed, roles) = (false, nil)
        } else {
            let held =
                if revision == nil, let known = known(of: principal) {
                    known.roles
                } else {
                    try await resolution(of: principal, minimumRevision: revision).roles
                }
            let verdict = held.verdict(on: permission, of: principal, with: details, at: { now })
            (isAllowed, roles) = (verdict.allows(permission, principal, permissionSource), held)
        }
        try await tell(AccessCheck(permission, by: principal, details, at: now), isAllowed: isAllowed, roles)
        return isAllowed
    }

    /// Returns a snapshot of the principal, for all branches of a requirement.
    func snapshot(of principal: Principal) async -> Result<PrincipalSnapshot, AuthorizerError> {
        let principal = scopes.limiting(principal)
        do throws(AuthorizerError) {
            let roles =
                permissionSource == .token || principal.holdsNothing ? nil : try await resolution(of: principal).roles
            return .success(
                PrincipalSnapshot(
                    principal: principal,
                    roles: roles,
                    permissionSource: permissionSource,
                    now: clock.now()
                )
            )
        } catch {
            return .failure(error)
        }
    }

    /// Returns a snapshot of a principal whose roles were found before and are still valid; `nil` for other principals.
    func snapshotAtHand(of principal: Principal) -> PrincipalSnapshot? {
        let principal = scopes.limiting(principal)
        var roles: ResolvedRoles?
        if permissionSource != .token, !principal.holdsNothing {
            guard let known = known(of: principal) else { return nil }
            roles = known.roles
        }
        return PrincipalSnapshot(
            principal: principal,
            roles: roles,
            permissionSource: permissionSource,
            now: clock.now()
        )
    }

    /// Returns the resolved roles of a principal, for many checks: ``cachedAnswer(_:for:)`` tells how long they hold. For measurements and
    /// tests of memory: a principal itself remembers its resolved roles.
    ///
    /// - Parameter revision: The state of the membership source that roles which have to be loaded must come from, or a later one;
    ///   `nil` for any that is still good.
    /// - Throws: ``AuthorizerError`` if its roles could not be loaded.
    @_spi(Benchmarks) public func resolve(
        _ principal: Principal,
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> LeasedPrincipal {
        let principal = scopes.limiting(principal)
        let resolution = try await resolution(of: principal, minimumRevision: revision)
        return LeasedPrincipal(principal: ResolvedPrincipal(principal, resolution.roles), lease: resolution.lease)
    }

    /// Returns the roles of a principal, and the loaded roles among them; `nil` if the credential names all roles.
    func held(
        by principal: Principal,
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> (roles: ResolvedRoles, loaded: ResolvedRoles?) {
        if let roles = rolesAtHand(of: principal) { return (roles, nil) }
        let claimed = memberships.claimed(by: principal)
        let loaded = try await roles(of: principal.member, scope(of: principal), minimumRevision: revision)
        // The loaded roles belong to the user. A session or a delegated credential may have fewer of them, and a credential may add its
        // own. The policy has other assignments for principals that are not users.
        guard principal.activeRoles == nil, !principal.isDelegated, claimed.roles.isEmpty,
            principal.typeName.hasSameBytes(as: Assignment.defaultType)
        else { return (resolvedRoles(claimed.roles + loaded.given, of: principal, loaded.engine), loaded) }
        return (loaded, loaded)
    }

    /// Returns the roles of a principal that needs no load; `nil` for other principals.
    private func rolesAtHand(of principal: Principal) -> ResolvedRoles? {
        if principal.holdsNothing { return resolvedRoles([], of: principal, policy.engine) }
        let claimed = memberships.claimed(by: principal)
        return claimed.isComplete ? resolvedRoles(claimed.roles, of: principal, policy.engine) : nil
    }

    private func resolvedRoles(
        _ given: [RoleAssignment],
        of principal: Principal,
        _ engine: PolicyEngine
    ) -> ResolvedRoles {
        engine.resolvedRoles(given, of: principal, ownIssuer: ownIssuer)
    }

    func scope(of principal: Principal) -> PermissionScope {
        principal.issuer.hasSameBytes(as: scope.issuer.name) ? scope : cache.scope(of: principal.issuer)
    }

    /// Returns true if a principal that was resolved before has a permission for nothing in particular. The result is `nil` if the
    /// principal has to be resolved again, since the policy was replaced, its roles were invalidated, or their time is over. The call takes
    /// no lock, and allocates nothing if no condition, resource or time decides.
    ///
    /// The roles of the credential count here for as long as the caller trusts the credential. Resolve the credential again for each
    /// request, so that the authenticator notices an expired or revoked credential.
    @_spi(Benchmarks) public func cachedAnswer(_ permission: Permission, for leased: LeasedPrincipal) -> Bool? {
        guard observers.isEmpty else { return nil }
        guard permissionSource == .roles, policy.isCurrent(leased.principal.engine),
            let verdict = leased.principal.verdict(onShort: permission)
        else { return evaluatedAnswer(permission, leased.principal, leased.lease) }
        // The clock is read last, when neither the permission nor the principal has to outlive the call.
        return isUsable(leased.lease) ? verdict == .allowed : nil
    }

    /// Returns an answer that takes more work, such as by a condition. The code is out of line, so that other checks need no stack for it.
    @inline(never)
    private func evaluatedAnswer(_ permission: Permission, _ resolved: ResolvedPrincipal, _ lease: Lease?) -> Bool? {
        guard permissionSource != .token else { return resolved.principal.carries(permission) }
        guard policy.isCurrent(resolved.engine), isUsable(lease) else { return nil }
        let verdict = resolved.verdict(on: permission) { clock.now() }  // a separate closure would be allocated
        return verdict.allows(permission, resolved.principal, permissionSource)
    }

    @inline(__always)
    func isUsable(_ lease: Lease?) -> Bool { lease?.isUsable(cache.moment()) ?? true }
}
