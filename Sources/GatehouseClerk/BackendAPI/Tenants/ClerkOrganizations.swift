/// The organizations, which are the tenants of the instance. `adding` takes further members of the operation, by Clerk's names.
public struct ClerkOrganizations: Sendable {
    let client: ClerkClient

    /// Makes an organization.
    ///
    /// - Parameters:
    ///   - name: The name for people.
    ///   - slug: The name in addresses; `nil` leaves the slug to Clerk.
    ///   - createdBy: The user who becomes the first member, with the creator's role; `nil` if there is no member yet.
    ///   - maximumMembers: The largest number of members; 0 for any number.
    ///   - publicMetadata: Metadata that front ends can read: an object; `nil` if there are none.
    ///   - privateMetadata: Metadata that only the Backend API reads: an object; `nil` if there are none.
    ///   - others: Further members of the operation `CreateOrganization`, by Clerk's names.
    public func create(
        name: String,
        slug: String? = nil,
        createdBy: String? = nil,
        maximumMembers: Int? = nil,
        publicMetadata: JSONValue? = nil,
        privateMetadata: JSONValue? = nil,
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> ClerkOrganization {
        let body = JSONValue.body(
            [
                ("name", .string(name)), ("slug", .optional(slug)), ("created_by", .optional(createdBy)),
                ("max_allowed_memberships", .optional(maximumMembers)), ("public_metadata", publicMetadata),
                ("private_metadata", privateMetadata),
            ],
            adding: others
        )
        return try await client.object("CreateOrganization", body: body)
    }

    /// Returns the organization with this id or slug.
    public func get(_ idOrSlug: String) async throws(ClerkError) -> ClerkOrganization {
        try await client.object("GetOrganization", idOrSlug)
    }

    /// Returns all organizations, or the organizations that match a filter.
    public func list(
        query: String? = nil,
        userIDs: [String] = [],
        adding others: JSONValue = [:]
    ) -> ClerkPages<ClerkOrganization> {
        let filter = JSONValue.body([("query", .optional(query)), ("user_id", .optional(userIDs))], adding: others)
        return client.pages("ListOrganizations", query: filter)
    }

    /// Changes an organization. A value of `nil` is not changed.
    public func update(
        _ id: String,
        name: String? = nil,
        slug: String? = nil,
        maximumMembers: Int? = nil,
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> ClerkOrganization {
        let body = JSONValue.body(
            [
                ("name", .optional(name)), ("slug", .optional(slug)),
                ("max_allowed_memberships", .optional(maximumMembers)),
            ],
            adding: others
        )
        return try await client.object("UpdateOrganization", id, body: body)
    }

    /// Deletes an organization with all its data. Its members' tokens stay valid until a mark refuses them.
    @discardableResult
    public func delete(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteOrganization", id)
    }

    /// Merges values into metadata at every depth. A null removes a key.
    @discardableResult
    public func mergeMetadata(
        _ id: String,
        publicMetadata: JSONValue? = nil,
        privateMetadata: JSONValue? = nil
    ) async throws(ClerkError) -> ClerkOrganization {
        try await client.object(
            "MergeOrganizationMetadata",
            id,
            body: .body([("public_metadata", publicMetadata), ("private_metadata", privateMetadata)])
        )
    }

    /// Replaces each kind of metadata that is given as a whole.
    @discardableResult
    public func replaceMetadata(
        _ id: String,
        publicMetadata: JSONValue? = nil,
        privateMetadata: JSONValue? = nil
    ) async throws(ClerkError) -> ClerkOrganization {
        try await client.object(
            "ReplaceOrganizationMetadata",
            id,
            body: .body([("public_metadata", publicMetadata), ("private_metadata", privateMetadata)])
        )
    }

    /// Sets the logo.
    @discardableResult
    public func setLogo(
        _ id: String,
        to file: ClerkFile,
        uploadedBy user: String? = nil
    ) async throws(ClerkError) -> ClerkOrganization {
        let body = JSONValue.body([("uploader_user_id", .optional(user))])
        return try await client.object("UploadOrganizationLogo", id, body: body, file: file)
    }

    /// Removes the logo.
    @discardableResult
    public func deleteLogo(_ id: String) async throws(ClerkError) -> ClerkOrganization {
        try await client.object("DeleteOrganizationLogo", id)
    }
}

extension ClerkClient {
    /// The organizations, which are the tenants of the instance.
    public var organizations: ClerkOrganizations { ClerkOrganizations(client: self) }
}
