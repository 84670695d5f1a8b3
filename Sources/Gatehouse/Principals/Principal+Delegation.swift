extension Principal {
    /// True if the credential lets somebody else act for the user: an OAuth access token (RFC 6749 section 1.4), or an API key of a user.
    ///
    /// A delegated credential gives only the user's rights that ``delegatedPermissions`` lists.
    public var isDelegated: Bool {
        @inline(__always) get { tokenKind == .oauth || (tokenKind == .apiKey && kind == .user) }
    }

    /// Returns true if the credential covers a permission, provided that the user of the credential holds the permission.
    @inline(__always)
    func covers(_ permission: Permission) -> Bool { !isDelegated || hasScope(for: permission) }

    @inline(never)
    private func hasScope(for permission: Permission) -> Bool {
        delegatedPermissions.contains { $0.matches(permission) }
    }

    /// True if the credential covers nothing, whatever its user holds.
    var holdsNothing: Bool { isDelegated && delegatedPermissions.isEmpty }

    /// Returns the principal with the permissions that a delegated credential may use, as they were recorded.
    package func limited(to permissions: [PermissionPattern]) -> Principal {
        var limited = self
        limited.delegatedPermissions = permissions
        return limited
    }

    /// The user of the credential without the credential's limits, for questions in which a yes takes something away.
    var withoutLimits: Principal {
        guard isDelegated else { return self }
        var user = self
        user.tokenKind = nil
        return user
    }
}
