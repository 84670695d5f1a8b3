extension Authorizer {
    /// Whether a user may do something in an organization (nil: as a personal account), if that is remembered;
    /// nil where the user's roles have to be loaded first. Does not suspend, and allocates nothing where the policy names the
    /// permission and no condition, resource or time decides.
    public func cachedAnswer(organization: String?, user: String, permission: String) -> Bool? {
        cachedAnswer(organization, user) {
            $0.permissions.id(of: permission)
        } orElse: {
            try? Permission(validating: permission)
        }
    }

    /// The same for a typed permission.
    public func cachedAnswer(organization: String?, user: String, permission: Permission) -> Bool? {
        cachedAnswer(organization, user) {
            $0.permissions.id(of: permission)
        } orElse: {
            permission
        }
    }

    /// What an entry says under its lock, where that takes two bits, and else what it takes to say more.
    private enum Peek {
        case answer(Bool)
        case roles(ResolvedRoles)
    }

    /// - Parameters:
    ///   - id: the permission's id under the policy of these roles.
    ///   - orElse: the permission, for what takes more than its id; nil: it is malformed, and denied.
    @inline(__always)
    private func cachedAnswer(
        _ organization: String?,
        _ user: String,
        id: (ResolvedRoles) -> Int?,
        orElse permission: () -> Permission?
    ) -> Bool? {
        let peek = scope.withKey(organization: organization, user: user) { key in
            cache.read(key) { entry -> Peek in
                entry.pointee.withRoles { roles in
                    if policy.isCurrent(roles.engine), let id = id(roles), let verdict = roles.standingVerdict(id) {
                        return .answer(verdict == .allowed)
                    }
                    return .roles(roles)
                }
            }
        }
        switch peek {
        case nil: return nil
        case .answer(let isAllowed): return isAllowed
        case .roles(let roles):
            guard let permission = permission() else { return false }
            let member = Member(user, in: organization, issuer: scope.issuer)
            return current(roles, of: member, scope)
                .verdict(on: permission, of: Principal(member), with: CheckDetails(), at: clock.now) == .allowed
        }
    }

    /// Whether a user may do something in an organization (nil: as a personal account), by the roles that the
    /// membership source gives.
    ///
    /// - Parameter revision: The state of the membership source that the answer must come from, or a later one: what
    ///   ``assign(_:to:)`` and ``remove(role:from:)`` return. Nil: any that is still good.
    /// - Throws: ``AuthorizerError`` where the roles could not be loaded. That is neither yes nor no.
    public func isAllowed(
        organization: String?,
        user: String,
        permission: Permission,
        on resource: Resource? = nil,
        context: JSONValue = [:],
        atLeast revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> Bool {
        let member = Member(user, in: organization, issuer: scope.issuer)
        let roles = try await roles(of: member, scope, atLeast: revision)
        let details = CheckDetails(resource: resource, context: context)
        return roles.verdict(on: permission, of: Principal(member), with: details, at: clock.now) == .allowed
    }
}
