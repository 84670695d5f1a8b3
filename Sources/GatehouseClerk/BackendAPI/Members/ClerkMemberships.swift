/// The members of organizations. To give and remove roles while permissions are checked, use ``ClerkClient/assignRole(_:to:in:through:)``
/// and ``ClerkClient/removeRole(_:from:in:through:)``.
public struct ClerkMemberships: Sendable {
    let client: ClerkClient

    /// Makes a user a member.
    public func create(
        in organization: String,
        userID: String,
        role: String,
        publicMetadata: JSONValue? = nil,
        privateMetadata: JSONValue? = nil
    ) async throws(ClerkError) -> ClerkMembership {
        let body = JSONValue.body([
            ("user_id", .string(userID)), ("role", .string(role)), ("public_metadata", publicMetadata),
            ("private_metadata", privateMetadata),
        ])
        return try await client.object("CreateOrganizationMembership", organization, body: body)
    }

    /// Returns the members of an organization, or the members that match a filter.
    public func list(
        in organization: String,
        userIDs: [String] = [],
        roles: [String] = [],
        query: String? = nil,
        adding others: JSONValue = [:]
    ) -> ClerkPages<ClerkMembership> {
        let filter = JSONValue.body(
            [("user_id", .optional(userIDs)), ("role", .optional(roles)), ("query", .optional(query))],
            adding: others
        )
        return client.pages("ListOrganizationMemberships", organization, query: filter)
    }

    /// Returns the members of all organizations.
    public func listAll() -> ClerkPages<ClerkMembership> {
        client.pages("InstanceGetOrganizationMemberships", query: [:])
    }

    /// Returns the organizations of a user. Clerk has no order of them.
    public func list(ofUser user: String) -> ClerkPages<ClerkMembership> {
        client.pages("UsersGetOrganizationMemberships", user, query: [:])
    }

    /// Returns the membership of a user; `nil` if the user is not a member.
    ///
    /// - Throws: ``ClerkError`` with the code `notFound` if there is no such organization.
    public func get(_ user: String, in organization: String) async throws(ClerkError) -> ClerkMembership? {
        guard !user.isEmpty else { return nil }
        let request = ClerkRequest(
            "ListOrganizationMemberships",
            path: [organization],
            query: ["user_id": [.string(user)], "limit": 1]
        )
        let list = try ClerkList<ClerkMembership>(try await client.send(request), of: request.operation)
        // A filter that Clerk does not understand lets everybody through.
        return list.elements.first { $0.userID?.hasSameBytes(as: user) == true }
    }

    /// Replaces the role of a member.
    public func update(
        _ user: String,
        in organization: String,
        role: String
    ) async throws(ClerkError) -> ClerkMembership {
        try await client.object("UpdateOrganizationMembership", organization, user, body: ["role": .string(role)])
    }

    /// Removes a member from an organization.
    @discardableResult
    public func delete(_ user: String, from organization: String) async throws(ClerkError) -> ClerkMembership {
        try await client.object("DeleteOrganizationMembership", organization, user)
    }

    /// Merges values into metadata at every depth. A null removes a key.
    @discardableResult
    public func mergeMetadata(
        _ user: String,
        in organization: String,
        publicMetadata: JSONValue? = nil,
        privateMetadata: JSONValue? = nil
    ) async throws(ClerkError) -> ClerkMembership {
        try await client.object(
            "UpdateOrganizationMembershipMetadata",
            organization,
            user,
            body: .body([("public_metadata", publicMetadata), ("private_metadata", privateMetadata)])
        )
    }
}

extension ClerkClient {
    /// The members of organizations.
    public var memberships: ClerkMemberships { ClerkMemberships(client: self) }
}
