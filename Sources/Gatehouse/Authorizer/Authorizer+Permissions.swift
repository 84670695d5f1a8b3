extension Authorizer {
    /// Returns the permissions of a principal among those that the policy names, sorted by bytes: for an interface that shows only what
    /// works. The credential's own permissions are among them if they count (``permissionSource``).
    ///
    /// - Parameters:
    ///   - principal: The principal whose permissions are listed.
    ///   - resource: The resource, for roles that are held for one; `nil` for nothing in particular.
    ///   - revision: The state of the membership source that roles which have to be loaded must come from, or a later one; `nil` for any
    ///     that is still good.
    /// - Throws: ``AuthorizerError`` if its roles could not be loaded.
    public func permissions(
        of principal: Principal,
        on resource: ResourceID? = nil,
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> [PolicyEngine.ListedPermission] {
        let principal = scopes.limiting(principal)
        let carried = permissionSource == .roles ? [] : carriedPermissions(of: principal)
        guard permissionSource != .token else {
            return carried.map { PolicyEngine.ListedPermission(permission: $0.name) }
        }
        if principal.holdsNothing { return [] }
        let (loaded, engine) = try await withLoadedRoles(principal, minimumRevision: revision)
        return engine.permissions(of: loaded, carrying: carried, on: resource, ownIssuer: ownIssuer, at: clock.now())
    }

    /// Returns the well-formed permissions of a credential, sorted by bytes, each once.
    private func carriedPermissions(of principal: Principal) -> [Permission] {
        Set(principal.permissions.compactMap { try? Permission(validating: $0) })
            .filter { principal.covers($0) }
            .sorted()
    }

    /// Returns the members that may have a permission by their roles from the membership source and by the policy's own assignments. The
    /// members are in the given order, once for each resource for which the permission holds.
    ///
    /// A membership source does not list its members, so the caller names them. ``PolicyEngine/whoCan(_:at:)`` lists the principals to
    /// which the policy itself gives roles.
    ///
    /// - Parameters:
    ///   - permission: The permission that the members are asked about.
    ///   - members: The members that are asked about; each is loaded where it is not remembered.
    ///   - revision: The state of the membership source that the answer must come from, or a later one; `nil` for any that is still good.
    /// - Returns: Holders with the member's organization, `nil` standing for the personal account alone. Without a resource it holds for
    ///   all of them.
    /// - Throws: ``AuthorizerError`` if the roles of one of them could not be loaded.
    public func whoCan(
        _ permission: Permission,
        among members: some Sequence<Member>,
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> [PolicyEngine.PermittedPrincipal] {
        var stances: Stances?
        var holders: [PolicyEngine.PermittedPrincipal] = []
        for member in members {
            let scope = cache.scope(of: member.issuer)
            let roles = try await roles(of: member, scope, minimumRevision: revision)
            if stances?.engine !== roles.engine { stances = Stances(on: permission, roles.engine) }
            guard let stances else { continue }
            holders += roles.resources(allowedBy: stances, at: clock.now()).map { resource, isConditional in
                PolicyEngine.PermittedPrincipal(
                    principal: member.user,
                    type: Assignment.defaultType,
                    issuer: member.issuer,
                    organization: member.organization,
                    resource: resource,
                    isConditional: isConditional
                )
            }
        }
        return holders
    }
}

extension PolicyEngine {
    /// Returns the permissions of a principal, among the permissions of the policy and of the credential. A permission of the credential
    /// counts as granted if nothing denies it.
    fileprivate func permissions(
        of principal: Principal,
        carrying carried: [Permission],
        on resource: ResourceID?,
        ownIssuer: String,
        at time: Timestamp
    ) -> [ListedPermission] {
        let listed = permissions(of: principal, on: resource, ownIssuer: ownIssuer, at: time)
        guard !carried.isEmpty else { return listed }
        let set = roleSet(effectiveRoles(of: principal, ownIssuer: ownIssuer, on: resource, at: time)).whole(self)
        var isConditional = Dictionary(uniqueKeysWithValues: listed.map { (ByteText($0.permission), $0.isConditional) })
        for permission in carried {
            let tolerance = set.tolerance(of: permission, id: permissions.id(of: permission), self)
            if tolerance != .never { isConditional[ByteText(permission.name)] = tolerance == .conditional }
        }
        return isConditional.sorted { $0.key < $1.key }.map {
            ListedPermission(permission: $0.key.string, isConditional: $0.value)
        }
    }
}

extension ResolvedRoles {
    /// Returns the resources for which the roles allow a permission, `nil` standing for all, and true if that depends on facts of a check.
    /// Sorted by bytes.
    fileprivate func resources(
        allowedBy stances: Stances,
        at time: Timestamp
    ) -> [(resource: ResourceID?, isConditional: Bool)] {
        let named = Set(assignments.compactMap(\.resource)).sorted { $0.description.precedesByBytes($1.description) }
        return ([nil] + named).compactMap { resource in
            let held = effectiveRoles(on: resource, at: time)
            guard !engine.violatesConstraints(held.defined) else { return nil }
            let possibility = stances.possibility(of: stances.sum(held.ids.isEmpty ? [nil] : held.ids))
            return possibility == .never ? nil : (resource, possibility == .conditional)
        }
    }
}
