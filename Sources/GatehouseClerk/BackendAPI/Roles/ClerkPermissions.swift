/// Permissions of the instance.
public struct ClerkPermissions: Sendable {
    let client: ClerkClient

    /// Makes a permission.
    ///
    /// - Parameters:
    ///   - key: The key, of the form `org:feature:permission`.
    ///   - name: The name for people.
    ///   - description: A description for people; `nil` if there is none.
    public func create(
        key: String,
        name: String,
        description: String? = nil
    ) async throws(ClerkError) -> ClerkPermission {
        let body = JSONValue.body([
            ("name", .string(name)), ("key", .string(key)), ("description", .optional(description)),
        ])
        return try await client.object("CreateOrganizationPermission", body: body)
    }

    /// Returns a permission.
    public func get(_ id: String) async throws(ClerkError) -> ClerkPermission {
        try await client.object("GetOrganizationPermission", id)
    }

    /// Returns all permissions.
    public func list(query: String? = nil) -> ClerkPages<ClerkPermission> {
        client.pages("ListOrganizationPermissions", query: .body([("query", .optional(query))]))
    }

    /// Changes a permission. A value of `nil` is not changed.
    public func update(
        _ id: String,
        key: String? = nil,
        name: String? = nil,
        description: String? = nil
    ) async throws(ClerkError) -> ClerkPermission {
        let body = JSONValue.body([
            ("name", .optional(name)), ("key", .optional(key)), ("description", .optional(description)),
        ])
        return try await client.object("UpdateOrganizationPermission", id, body: body)
    }

    /// Deletes a permission, and removes it from all roles.
    @discardableResult
    public func delete(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteOrganizationPermission", id)
    }
}

extension ClerkClient {
    /// Permissions of the instance.
    public var permissions: ClerkPermissions { ClerkPermissions(client: self) }
}
