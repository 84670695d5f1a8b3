/// The customers' directories of people (SCIM).
public struct ClerkDirectories: Sendable {
    let client: ClerkClient

    /// Makes a directory of a connection. Only this answer contains the API key of the directory.
    public func create(
        connectionID: String,
        provider: String,
        name: String? = nil,
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> ClerkDirectory {
        let body = JSONValue.body(
            [
                ("enterprise_connection_id", .string(connectionID)), ("provider", .string(provider)),
                ("name", .optional(name)),
            ],
            adding: others
        )
        return try await client.object("CreateDirectory", body: body)
    }

    /// Returns a directory.
    public func get(_ id: String) async throws(ClerkError) -> ClerkDirectory {
        try await client.object("GetDirectory", id)
    }

    /// Returns all directories. Clerk has no order of them.
    public func list() -> ClerkPages<ClerkDirectory> { client.pages("ListDirectories", query: [:]) }

    /// Changes a directory, by members of the operation with Clerk's names.
    public func update(_ id: String, _ changes: JSONValue) async throws(ClerkError) -> ClerkDirectory {
        try await client.object("UpdateDirectory", id, body: changes)
    }

    /// Deletes a directory.
    @discardableResult
    public func delete(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteDirectory", id)
    }

    /// Makes a new API key. Only this answer contains the key. The old key stays valid for a while.
    public func rotateAPIKey(_ id: String) async throws(ClerkError) -> ClerkDirectory {
        try await client.object("RotateDirectoryAPIKey", id)
    }

    /// Returns the mappings of groups to roles, by precedence.
    public func mappings(of id: String) async throws(ClerkError) -> [ClerkGroupMapping] {
        try await client.objects("ListDirectoryGroupRoleMappings", id)
    }

    /// Maps a group to a role.
    public func createMapping(
        in id: String,
        groupID: String,
        roleID: String,
        precedence: Int? = nil
    ) async throws(ClerkError) -> ClerkGroupMapping {
        let body = JSONValue.body([
            ("directory_group_id", .string(groupID)), ("role_id", .string(roleID)),
            ("precedence", .optional(precedence)),
        ])
        return try await client.object("CreateDirectoryGroupRoleMapping", id, body: body)
    }

    /// Replaces all mappings of groups to roles. Their order is their precedence.
    public func replaceMappings(
        in id: String,
        with groups: [(groupID: String, roleID: String)]
    ) async throws(ClerkError) -> [ClerkGroupMapping] {
        let mappings = groups.map { group -> JSONValue in
            ["directory_group_id": .string(group.groupID), "role_id": .string(group.roleID)]
        }
        return try await client.objects("ReplaceDirectoryGroupRoleMappings", id, body: ["mappings": .array(mappings)])
    }

    /// Removes the mapping of a group to a role.
    public func deleteMapping(_ mapping: String, in id: String) async throws(ClerkError) {
        _ = try await client.send(ClerkRequest("DeleteDirectoryGroupRoleMapping", path: [id, mapping]))
    }
}

extension ClerkClient {
    /// The customers' directories of people.
    public var directories: ClerkDirectories { ClerkDirectories(client: self) }
}
