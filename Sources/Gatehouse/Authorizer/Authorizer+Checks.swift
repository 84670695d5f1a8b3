extension Authorizer {
    /// Returns true if a user may do something in an organization (`nil` for the personal account), if that is remembered; `nil` where the
    /// user's roles have to be loaded first, and always without an ``issuer``. Does not suspend, and allocates nothing where the policy
    /// names the permission and no condition, resource or time decides.
    ///
    /// For measurements and tests of memory: `isAllowed` answers so itself where it can.
    @_spi(Benchmarks) public func cachedAnswer(organization: String?, user: String, permission: String) -> Bool? {
        answer(organization, user, permission)
    }

    /// Answers for a typed permission as for a name.
    @_spi(Benchmarks) public func cachedAnswer(organization: String?, user: String, permission: Permission) -> Bool? {
        answer(organization, user, permission)
    }

    @inline(__always)
    private func answer(_ organization: String?, _ user: String, _ permission: some AskedPermission) -> Bool? {
        guard observers.isEmpty else { return nil }
        let answer =
            if let key = scope.packedKey(organization: organization, user: user) {
                standingAnswer(key, permission)
            } else {
                standingAnswerByLongIDs(organization, user, permission)
            }
        return answer ?? evaluatedAnswer(organization, user, permission)
    }

    /// Returns the answer by the remembered roles if the permission's id alone determines it; `nil` if the roles are not remembered, or if
    /// the answer needs more.
    @inline(__always)
    private func standingAnswer(_ key: PermissionKey, _ permission: some AskedPermission) -> Bool? {
        cache.read(key) { entry in
            let roles = entry.pointee.withRoles { $0.unownedView }
            guard policy.isCurrent(roles.engine), let id = permission.id(in: roles.permissions) else { return nil }
            return roles.verdicts[id].map { $0 == .allowed }
        }
    }

    /// Returns the standing answer for ids that are too long for a packed key.
    @inline(never)
    private func standingAnswerByLongIDs(_ organization: String?, _ user: String, _ permission: some AskedPermission)
        -> Bool?
    {
        scope.withKey(organization: organization, user: user) { standingAnswer($0, permission) }
    }

    /// Returns the answer by the remembered roles, conditions and bounds included; `nil` if no roles are remembered.
    @inline(never)
    private func evaluatedAnswer(_ organization: String?, _ user: String, _ permission: some AskedPermission) -> Bool? {
        let known = scope.withKey(organization: organization, user: user) { key in
            cache.read(key) { $0.pointee.roles }
        }
        guard let known else { return nil }
        guard let permission = permission.wellFormed else { return false }
        let member = Member(user, in: organization, issuer: scope.issuer.name)
        return current(known, of: member, scope)
            .verdict(on: permission, of: member, with: CheckDetails(), at: clock.now) == .allowed
    }

    /// Returns true if a user may do something in an organization (`nil` for the personal account), by the roles that the membership source
    /// gives: from memory, without suspending and without allocating, where those are remembered; else they are loaded. An actor that asks
    /// does not leave its executor for an answer from memory.
    ///
    /// - Parameters:
    ///   - organization: The id of the organization; `nil` for the personal account.
    ///   - user: The id of the user.
    ///   - permission: The permission that is asked for.
    /// - Throws: ``AuthorizerError`` if the roles could not be loaded, or the authorizer was told no ``issuer`` to whom the ids belong.
    ///   That is neither yes nor no.
    nonisolated(nonsending) public func isAllowed(
        organization: String?,
        user: String,
        permission: Permission
    ) async throws(AuthorizerError) -> Bool {
        // This is a separate overload, since optional arguments cost half as much as the answer.
        if issuer != nil, let known = answer(organization, user, permission) { return known }
        return try await loadedAnswer(organization, user, permission, nil, .object([]), nil)
    }

    /// Answers for a name as text as for a typed permission. A malformed name is denied, and so is a pattern such as `docs:*`: a check asks
    /// for one permission. A literal in the call is such text, whereas a constant of ``Permission`` traps if it is malformed.
    ///
    /// - Throws: ``AuthorizerError`` if the roles could not be loaded. That is neither yes nor no.
    nonisolated(nonsending) public func isAllowed(organization: String?, user: String, permission: String)
        async throws(AuthorizerError) -> Bool
    {
        if issuer != nil, let known = answer(organization, user, permission) { return known }
        return try await loadedAnswer(organization, user, permission, nil, .object([]), nil)
    }

    /// Returns true if a user may do something to a resource, in circumstances, or as of a revision of the membership source.
    ///
    /// - Parameters:
    ///   - organization: The id of the organization; `nil` for the personal account.
    ///   - user: The id of the user.
    ///   - permission: The permission that is asked for.
    ///   - resource: The resource; `nil` for nothing in particular.
    ///   - context: The circumstances: a JSON object, which conditions find under `$context`.
    ///   - revision: The state of the membership source that the answer must come from, or a later one: what
    ///     ``assign(_:to:)`` and ``remove(role:from:)`` return. `nil` for any that is still good.
    /// - Throws: ``AuthorizerError`` if the roles could not be loaded, or the authorizer was told no ``issuer`` to whom the ids belong.
    ///   That is neither yes nor no.
    public func isAllowed(
        organization: String?,
        user: String,
        permission: Permission,
        on resource: Resource? = nil,
        context: JSONValue = .object([]),
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> Bool {
        if issuer != nil, revision == nil, resource == nil, context.isEmptyObject,
            let known = answer(organization, user, permission)
        {
            return known
        }
        return try await loadedAnswer(organization, user, permission, resource, context, revision)
    }

    /// Answers for a name as text as for a typed permission. A malformed name is denied, and so is a pattern such as `docs:*`: a check asks
    /// for one permission. A literal in the call is such text, whereas a constant of ``Permission`` traps if it is malformed.
    ///
    /// - Throws: ``AuthorizerError`` if the roles could not be loaded. That is neither yes nor no.
    public func isAllowed(
        organization: String?,
        user: String,
        permission: String,
        on resource: Resource? = nil,
        context: JSONValue = .object([]),
        minimumRevision revision: MembershipRevision? = nil
    ) async throws(AuthorizerError) -> Bool {
        if issuer != nil, revision == nil, resource == nil, context.isEmptyObject,
            let known = answer(organization, user, permission)
        {
            return known
        }
        return try await loadedAnswer(organization, user, permission, resource, context, revision)
    }

    @inline(never)
    private func loadedAnswer(
        _ organization: String?,
        _ user: String,
        _ permission: some AskedPermission,
        _ resource: Resource?,
        _ context: JSONValue,
        _ revision: MembershipRevision?
    ) async throws(AuthorizerError) -> Bool {
        guard issuer != nil else { throw AuthorizerError(.noIssuer) }
        guard let permission = permission.wellFormed else { return false }
        let details = CheckDetails(resource: resource, context: context)
        let member = Member(user, in: organization, issuer: scope.issuer.name)
        let roles = try await roles(of: member, scope, minimumRevision: revision)
        guard !observers.isEmpty else {
            return roles.verdict(on: permission, of: member, with: details, at: clock.now) == .allowed
        }
        let now = clock.now()
        let isAllowed = roles.verdict(on: permission, of: member, with: details, at: { now }) == .allowed
        try await tell(AccessCheck(permission, by: Principal(member), details, at: now), isAllowed: isAllowed, roles)
        return isAllowed
    }
}

extension JSONValue {
    /// True if the value is an object without members.
    fileprivate var isEmptyObject: Bool {
        guard case .object(let members) = self else { return false }
        return members.isEmpty
    }
}

/// A permission of a check, by name or typed.
private protocol AskedPermission {
    /// Returns the id of the permission among those of a policy.
    func id(in permissions: NameTable.UnownedView) -> Int?
    /// The permission; `nil` if the name is malformed, and so denied.
    var wellFormed: Permission? { get }
}

extension String: AskedPermission {
    @inline(__always)
    fileprivate func id(in permissions: NameTable.UnownedView) -> Int? {
        // A longer text is no name, and is not hashed under a lock.
        utf8.count <= Name.maximumBytes ? permissions.id(of: self) : nil
    }

    fileprivate var wellFormed: Permission? { try? Permission(validating: self) }
}

extension Permission: AskedPermission {
    @inline(__always)
    fileprivate func id(in permissions: NameTable.UnownedView) -> Int? { permissions.id(of: self) }

    fileprivate var wellFormed: Permission? { self }
}
