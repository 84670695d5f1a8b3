public import Gatehouse

/// The result of a change of a role.
public struct ClerkRoleChange: Sendable, Hashable {
    /// The warnings about changes that Clerk may undo, as sentences for the caller; empty if there are none.
    public var warnings: [String]
}

extension ClerkClient {
    /// Gives a user a role in an organization, in the place of the user's role there, or makes the user a member.
    ///
    /// The authorizer and the nodes on its bus have forgotten the member when the call returns, and if the change may have taken a
    /// permission away, the member's tokens from before are refused (401), so that the client renews them.
    ///
    /// - Parameters:
    ///   - role: The key of the role, with or without `org:`.
    ///   - user: The id of the user.
    ///   - organization: The id of the organization.
    ///   - authorizer: The authorizer that checks permissions. Its memberships, or its store, are a ``ClerkMembershipSource`` of this instance.
    /// - Throws: `AuthorizerError` if the change failed or the other nodes could not be told; Clerk may have made the change all the same.
    @discardableResult
    public func assignRole(
        _ role: String,
        to user: String,
        in organization: String,
        through authorizer: Authorizer
    ) async throws(AuthorizerError) -> ClerkRoleChange {
        let role = ClerkMembershipSource.roleName(role)
        let member = Member(user, in: organization, issuer: authorizer.issuer ?? "")
        try await authorizer.assign(RoleAssignment(role), to: member)
        return ClerkRoleChange(warnings: await roleWarnings(about: role, in: organization))
    }

    /// Takes a role from a user in an organization. A member has one role at Clerk, so that the membership ends.
    ///
    /// The authorizer and the nodes on its bus have forgotten the member when the call returns, and the member's tokens for the organization
    /// from before are refused (401).
    ///
    /// - Throws: `AuthorizerError`, like ``assignRole(_:to:in:through:)``.
    @discardableResult
    public func removeRole(
        _ role: String,
        from user: String,
        in organization: String,
        through authorizer: Authorizer
    ) async throws(AuthorizerError) -> ClerkRoleChange {
        let role = ClerkMembershipSource.roleName(role)
        let member = Member(user, in: organization, issuer: authorizer.issuer ?? "")
        try await authorizer.remove(role: role, from: member)
        return ClerkRoleChange(warnings: await roleWarnings(about: nil, in: organization))
    }

    /// Returns warnings about other causes that set roles in an organization, as sentences.
    ///
    /// - Parameter role: The role that was given; `nil` if a role was removed.
    package func roleWarnings(about role: String?, in organization: String) async -> [String] {
        do throws(ClerkError) {
            return try await directoryWarnings(organization) + (try await roleSetWarnings(role, organization))
        } catch {
            return ["it could not be found out who else sets roles in the organization: \(error)"]
        }
    }

    private func directoryWarnings(_ organization: String) async throws(ClerkError) -> [String] {
        let connections = try await connections.list(organizationID: organization).all().map { ByteText($0.id) }
        guard !connections.isEmpty else { return [] }
        return try await directories.list().all().filter { directory in
            directory.isEnabled == true && directory.mapsGroups == true
                && directory.connectionID.map { connections.contains(ByteText($0)) } == true
        }
        .map {
            "the directory “\(($0.name ?? $0.id).printable)” gives roles by group, and may undo this at its next sync"
        }
    }

    private func roleSetWarnings(_ role: String?, _ organization: String) async throws(ClerkError) -> [String] {
        guard let key = try await organizations.get(organization).roleSetKey else { return [] }
        let set = try await roleSets.get(key)
        var warnings: [String] = []
        if set.isMigrating {
            warnings.append("members of the role set “\(key.printable)” are being moved, and this one may be")
        }
        if let role, !set.roles.contains(where: { $0.key?.hasSameBytes(as: role) == true }) {
            warnings.append("the role is not in the role set “\(key.printable)” of the organization")
        }
        return warnings
    }
}
