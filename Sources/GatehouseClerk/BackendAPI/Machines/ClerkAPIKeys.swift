/// The API keys of users and organizations.
public struct ClerkAPIKeys: Sendable {
    let client: ClerkClient

    /// Makes a key, which is in the answer.
    public func create(
        subject: String,
        name: String,
        scopes: [String] = [],
        claims: JSONValue? = nil,
        lifetime: Int? = nil,
        createdBy: String? = nil
    ) async throws(ClerkError) -> ClerkAPIKey {
        let body = JSONValue.body([
            ("subject", .string(subject)), ("name", .string(name)), ("scopes", .optional(scopes)), ("claims", claims),
            ("seconds_until_expiration", .optional(lifetime)), ("created_by", .optional(createdBy)),
        ])
        return try await client.object("createApiKey", body: body)
    }

    /// Returns a key.
    public func get(_ id: String) async throws(ClerkError) -> ClerkAPIKey {
        try await client.object("getApiKey", id)
    }

    /// Returns the keys of a user or an organization.
    public func list(subject: String, adding others: JSONValue = [:]) -> ClerkPages<ClerkAPIKey> {
        client.pages("getApiKeys", query: .body([("subject", .string(subject))], adding: others))
    }

    /// Changes a key, by members of the operation with Clerk's names.
    public func update(_ id: String, _ changes: JSONValue) async throws(ClerkError) -> ClerkAPIKey {
        try await client.object("updateApiKey", id, body: changes)
    }

    /// Deletes a key.
    @discardableResult
    public func delete(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("deleteApiKey", id)
    }

    /// Returns the key itself.
    public func secret(of id: String) async throws(ClerkError) -> String {
        try await client.secret(ClerkRequest("getApiKeySecret", path: [id]))
    }

    /// Revokes a key.
    @discardableResult
    public func revoke(_ id: String, reason: String? = nil) async throws(ClerkError) -> ClerkAPIKey {
        try await client.object("revokeApiKey", id, body: .body([("revocation_reason", .optional(reason))]))
    }

    /// Looks a key up. Check the flags of the answer, since Clerk also returns revoked and expired keys.
    public func verify(_ secret: String) async throws(ClerkError) -> ClerkAPIKey {
        try await client.object("verifyApiKey", body: ["secret": .string(secret)])
    }
}

extension ClerkClient {
    /// The API keys of users and organizations.
    public var apiKeys: ClerkAPIKeys { ClerkAPIKeys(client: self) }
}
