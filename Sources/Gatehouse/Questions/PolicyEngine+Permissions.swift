extension PolicyEngine {
    /// The permissions that the policy names, sorted by bytes: its catalogue, and every name without a wildcard in its roles and rules.
    /// Patterns and rules may allow other permissions too.
    public var permissionNames: [String] { permissions.names }

    /// Returns true if the policy names a permission, as ``permissionNames`` lists them.
    package func isNamed(_ permission: Permission) -> Bool { permissions.id(of: permission) != nil }

    /// Returns those of the ``permissionNames`` that a principal has, sorted by bytes.
    ///
    /// - Parameters:
    ///   - principal: The principal, with the roles of its credential.
    ///   - resource: The resource, for roles that are held for one resource.
    ///   - ownIssuer: The issuer whose principals the policy's assignments without an issuer are about, as for ``decide(_:ownIssuer:)``.
    ///   - time: The time, for roles that are held for a time.
    public func permissions(
        of principal: Principal,
        on resource: ResourceID? = nil,
        ownIssuer: String? = nil,
        at time: Timestamp
    ) -> [ListedPermission] {
        permissions(effectiveRoles(of: principal, ownIssuer: ownIssuer, on: resource, at: time))
            .filter { principal.covers(Permission(wellFormed: $0.permission)) }
    }

    /// Returns those of the ``permissionNames`` that a holder of these roles has, sorted by bytes.
    public func permissions(holding roles: [String]) -> [ListedPermission] {
        permissions(EffectiveRoles(roles, roleNames))
    }

    private func permissions(_ held: EffectiveRoles) -> [ListedPermission] {
        let set = roleSet(held).whole(self)
        return permissionNames.enumerated().compactMap { id, name in
            switch set.possibility(of: Permission(wellFormed: name), id: id, self) {
            case .never: nil
            case .conditional: ListedPermission(permission: name, isConditional: true)
            case .always: ListedPermission(permission: name, isConditional: false)
            }
        }
    }

    /// Returns the roles that allow the permission to a holder of that role alone, in the order of the policy.
    public func roles(granting permission: Permission) -> [ListedRole] {
        let stances = Stances(on: permission, self)
        let isForbidden = areForbidden(roles.indices.map { [$0] }, of: roles.indices.map { [$0] })
        return roles.indices.compactMap { role in
            let possibility = stances.possibility(of: stances.sum([role]))
            guard possibility != .never, !isForbidden[role] else { return nil }
            return ListedRole(role: policy.roles[role].name, isConditional: possibility == .conditional)
        }
    }

    /// Returns those of these permissions that are outside the catalogue or, without a catalogue, that neither the policy names nor a
    /// pattern of a grant or an allow rule matches. A program calls this function at its start with its typed constants.
    public func unknownPermissions(among permissions: some Sequence<Permission>) -> [Permission] {
        if let catalogue = policy.permissions {
            let names = Set(catalogue.map { ByteText($0.name) })
            return permissions.filter { !names.contains(ByteText($0.name)) }
        }
        let patterns = roles.flatMap(\.grants) + rules.filter { $0.effect == .allow }.flatMap(\.patterns)
        return permissions.filter { permission in
            let id = self.permissions.id(of: permission)
            return id == nil && !patterns.contains { $0.matches(permission, id: id) }
        }
    }
}
