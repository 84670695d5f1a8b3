/// A principal with one policy, one set of roles and one instant, for the answers to several questions.
struct PrincipalSnapshot: Sendable {
    /// The principal. A delegated credential is limited to the permissions of its scopes.
    let principal: Principal
    /// The roles; `nil` if the policy is not used, since the credential decides alone or permits nothing.
    let roles: ResolvedRoles?
    let permissionSource: Authorizer.PermissionSource
    let now: Timestamp

    /// The snapshot of the user, without the limits of the credential.
    ///
    /// - Precondition: The credential permits something. Otherwise no roles were resolved.
    var ofUser: PrincipalSnapshot {
        PrincipalSnapshot(
            principal: principal.withoutLimits,
            roles: roles?.withoutLimits,
            permissionSource: permissionSource,
            now: now
        )
    }

    /// Returns true if the principal may do something in the circumstances of a request.
    func allows(_ permission: Permission, with details: CheckDetails) -> Bool {
        guard let roles else { return permissionSource == .token && principal.carries(permission) }
        let verdict = roles.verdict(on: permission, of: principal, with: details) { now }
        return verdict.allows(permission, principal, permissionSource)
    }

    /// Returns true if the principal has a role, itself or by inheritance. If the credential decides alone, only its own roles count. A
    /// delegated credential has no role.
    func holds(_ role: String, on resource: ResourceID?) -> Bool {
        if principal.isDelegated { return false }
        if let roles { return roles.holds(role: role, on: resource, at: now) }
        let isActive = principal.activeRoles?.contains { $0.hasSameBytes(as: role) } ?? true
        return isActive
            && principal.roles.contains { $0.role.hasSameBytes(as: role) && $0.holds(for: resource, at: now) }
    }
}

extension Verdict {
    /// Returns true if the verdict allows the permission, given the permissions that the credential carries.
    func allows(_ permission: Permission, _ principal: Principal, _ source: Authorizer.PermissionSource) -> Bool {
        self == .allowed || (self == .silent && source == .both && principal.carries(permission))
    }
}

extension Principal {
    /// Returns true if the credential itself contains the permission.
    func carries(_ permission: Permission) -> Bool {
        permissions.contains { $0.hasSameBytes(as: permission.name) } && covers(permission)
    }
}
