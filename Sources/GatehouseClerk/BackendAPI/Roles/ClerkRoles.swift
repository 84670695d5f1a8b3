/// Roles of the instance.
public struct ClerkRoles: Sendable {
    let client: ClerkClient

    /// Makes a role.
    ///
    /// - Parameters:
    ///   - key: The key: `org:`, followed by lower-case letters, digits and underscores.
    ///   - name: The name for people.
    ///   - description: A description for people; `nil` if there is none.
    ///   - permissionIDs: The ids of the role's permissions.
    ///   - isInInitialSet: True if the role is added to the role set of new organizations.
    public func create(
        key: String,
        name: String,
        description: String? = nil,
        permissionIDs: [String] = [],
        isInInitialSet: Bool? = nil
    ) async throws(ClerkError) -> ClerkRole {
        let body = JSONValue.body([
            ("name", .string(name)), ("key", .string(key)), ("description", .optional(description)),
            ("permissions", .optional(permissionIDs)), ("include_in_initial_role_set", .optional(isInInitialSet)),
        ])
        return try await client.object("CreateOrganizationRole", body: body)
    }

    /// Returns a role.
    public func get(_ id: String) async throws(ClerkError) -> ClerkRole {
        try await client.object("GetOrganizationRole", id)
    }

    /// Returns all roles.
    public func list(query: String? = nil) -> ClerkPages<ClerkRole> {
        client.pages("ListOrganizationRoles", query: .body([("query", .optional(query))]))
    }

    /// Changes a role. A value of `nil` is not changed.
    ///
    /// - Parameters:
    ///   - id: The id of the role.
    ///   - key: The new key, with its `org:`.
    ///   - name: The new name for people.
    ///   - description: The new description for people.
    ///   - permissionIDs: The ids of all permissions of the role after the change.
    public func update(
        _ id: String,
        key: String? = nil,
        name: String? = nil,
        description: String? = nil,
        permissionIDs: [String]? = nil
    ) async throws(ClerkError) -> ClerkRole {
        let body = JSONValue.body([
            ("name", .optional(name)), ("key", .optional(key)), ("description", .optional(description)),
            ("permissions", permissionIDs.map { JSONValue($0) }),
        ])
        return try await client.object("UpdateOrganizationRole", id, body: body)
    }

    /// Deletes a role that no member has.
    @discardableResult
    public func delete(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteOrganizationRole", id)
    }

    /// Adds a permission to a role.
    @discardableResult
    public func add(permission: String, to id: String) async throws(ClerkError) -> ClerkRole {
        try await client.object("AssignPermissionToOrganizationRole", id, permission)
    }

    /// Removes a permission from a role.
    @discardableResult
    public func remove(permission: String, from id: String) async throws(ClerkError) -> ClerkRole {
        try await client.object("RemovePermissionFromOrganizationRole", id, permission)
    }
}

extension ClerkClient {
    /// Roles of the instance.
    public var roles: ClerkRoles { ClerkRoles(client: self) }
}
