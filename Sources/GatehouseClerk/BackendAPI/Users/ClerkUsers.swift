/// The users of the instance. `adding` takes further members of the operation, by Clerk's names.
public struct ClerkUsers: Sendable {
    let client: ClerkClient

    /// Makes a user.
    public func create(
        emailAddresses: [String] = [],
        username: String? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        password: String? = nil,
        externalID: String? = nil,
        publicMetadata: JSONValue? = nil,
        privateMetadata: JSONValue? = nil,
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> ClerkUser {
        let body = JSONValue.body(
            [
                ("email_address", .optional(emailAddresses)), ("username", .optional(username)),
                ("first_name", .optional(firstName)), ("last_name", .optional(lastName)),
                ("password", .optional(password)), ("external_id", .optional(externalID)),
                ("public_metadata", publicMetadata), ("private_metadata", privateMetadata),
            ],
            adding: others
        )
        return try await client.object("CreateUser", body: body)
    }

    /// Returns a user.
    public func get(_ id: String) async throws(ClerkError) -> ClerkUser {
        try await client.object("GetUser", id)
    }

    /// Returns all users, or the users that match a filter.
    public func list(
        query: String? = nil,
        emailAddresses: [String] = [],
        organizationIDs: [String] = [],
        adding others: JSONValue = [:]
    ) -> ClerkPages<ClerkUser> {
        client.pages("GetUserList", query: Self.filter(query, emailAddresses, organizationIDs, others))
    }

    /// Returns the number of users, or of the users that match a filter.
    public func count(
        query: String? = nil,
        emailAddresses: [String] = [],
        organizationIDs: [String] = [],
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> Int {
        let filter = Self.filter(query, emailAddresses, organizationIDs, others)
        let answer = try await client.send(ClerkRequest("GetUsersCount", query: filter))
        guard let count = answer.int("total_count") else {
            throw ClerkError(.invalidAnswer, "the answer has no count", operation: "GetUsersCount")
        }
        return count
    }

    private static func filter(
        _ query: String?,
        _ emailAddresses: [String],
        _ organizationIDs: [String],
        _ others: JSONValue
    ) -> JSONValue {
        .body(
            [
                ("query", .optional(query)), ("email_address", .optional(emailAddresses)),
                ("organization_id", .optional(organizationIDs)),
            ],
            adding: others
        )
    }

    /// Changes a user. A value of `nil` is not changed. A null in `adding` removes a value.
    public func update(
        _ id: String,
        username: String? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        password: String? = nil,
        externalID: String? = nil,
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> ClerkUser {
        let body = JSONValue.body(
            [
                ("username", .optional(username)), ("first_name", .optional(firstName)),
                ("last_name", .optional(lastName)), ("password", .optional(password)),
                ("external_id", .optional(externalID)),
            ],
            adding: others
        )
        return try await client.object("UpdateUser", id, body: body)
    }

    /// Deletes a user, whose sessions end.
    @discardableResult
    public func delete(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteUser", id)
    }

    /// Keeps a user from signing in, and ends the user's sessions.
    @discardableResult
    public func ban(_ id: String) async throws(ClerkError) -> ClerkUser { try await client.object("BanUser", id) }

    /// Ends a ban.
    @discardableResult
    public func unban(_ id: String) async throws(ClerkError) -> ClerkUser { try await client.object("UnbanUser", id) }

    /// Keeps a user from signing in for the time that the instance has set.
    @discardableResult
    public func lock(_ id: String) async throws(ClerkError) -> ClerkUser { try await client.object("LockUser", id) }

    /// Ends a lock.
    @discardableResult
    public func unlock(_ id: String) async throws(ClerkError) -> ClerkUser {
        try await client.object("UnlockUser", id)
    }

    /// Returns true if the password is the user's.
    public func verify(password: String, of id: String) async throws(ClerkError) -> Bool {
        let request = ClerkRequest("VerifyPassword", path: [id], body: ["password": .string(password)])
        return try await client.verdict(request)
    }
}

extension ClerkClient {
    /// The users of the instance.
    public var users: ClerkUsers { ClerkUsers(client: self) }

    /// Returns true if a password or a code is right. Clerk refuses a wrong value with 422, and may also answer false.
    func verdict(_ request: ClerkRequest) async throws(ClerkError) -> Bool {
        do throws(ClerkError) {
            return try await send(request).flag("verified") == true
        } catch {
            guard error.status == 422, error.details.contains(where: { Self.wrongCodes.contains($0.code) }) else {
                throw error
            }
            return false
        }
    }

    private static let wrongCodes: Set<String> = [
        "incorrect_password", "incorrect_code", "form_password_incorrect", "form_code_incorrect",
    ]
}
