/// The role sets of the instance.
public struct ClerkRoleSets: Sendable {
    let client: ClerkClient

    /// Makes a role set.
    public func create(
        name: String,
        roleKeys: [String],
        defaultRoleKey: String,
        creatorRoleKey: String,
        key: String? = nil,
        description: String? = nil
    ) async throws(ClerkError) -> ClerkRoleSet {
        let body = JSONValue.body([
            ("name", .string(name)), ("roles", JSONValue(roleKeys)), ("default_role_key", .string(defaultRoleKey)),
            ("creator_role_key", .string(creatorRoleKey)), ("key", .optional(key)),
            ("description", .optional(description)),
        ])
        return try await client.object("CreateRoleSet", body: body)
    }

    /// Returns the role set with this key or id.
    public func get(_ keyOrID: String) async throws(ClerkError) -> ClerkRoleSet {
        try await client.object("GetRoleSet", keyOrID)
    }

    /// Returns all role sets.
    public func list() -> ClerkPages<ClerkRoleSet> { client.pages("ListRoleSets", query: [:]) }

    /// Changes a role set. A value of `nil` is not changed.
    public func update(
        _ keyOrID: String,
        name: String? = nil,
        defaultRoleKey: String? = nil,
        creatorRoleKey: String? = nil,
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> ClerkRoleSet {
        let body = JSONValue.body(
            [
                ("name", .optional(name)), ("default_role_key", .optional(defaultRoleKey)),
                ("creator_role_key", .optional(creatorRoleKey)),
            ],
            adding: others
        )
        return try await client.object("UpdateRoleSet", keyOrID, body: body)
    }

    /// Adds roles.
    public func add(
        roleKeys: [String],
        to keyOrID: String
    ) async throws(ClerkError) -> ClerkRoleSet {
        try await client.object("AddRolesToRoleSet", keyOrID, body: ["role_keys": JSONValue(roleKeys)])
    }

    /// Replaces a role by another. Clerk moves the members in the background.
    public func replace(
        roleKey: String,
        with other: String,
        in keyOrID: String
    ) async throws(ClerkError) -> ClerkRoleSet {
        let body: JSONValue = ["role_key": .string(roleKey), "to_role_key": .string(other)]
        return try await client.object("ReplaceRoleInRoleSet", keyOrID, body: body)
    }

    /// Replaces a role set by another, and deletes the first. Clerk moves the members in the background.
    ///
    /// - Parameters:
    ///   - keyOrID: The key or id of the role set that is replaced.
    ///   - other: The key of the new role set.
    ///   - reassigning: For each role that the new set lacks, the key of the new role of its members.
    @discardableResult
    public func replace(
        _ keyOrID: String,
        with other: String,
        reassigning: [String: String] = [:]
    ) async throws(ClerkError) -> ClerkDeletedObject {
        let mappings = reassigning.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
        let body = JSONValue.body([
            ("dest_role_set_key", .string(other)),
            ("reassignment_mappings", .optional(mappings)),
        ])
        return try await client.object("ReplaceRoleSet", keyOrID, body: body)
    }
}

extension ClerkClient {
    /// The role sets of the instance.
    public var roleSets: ClerkRoleSets { ClerkRoleSets(client: self) }
}
