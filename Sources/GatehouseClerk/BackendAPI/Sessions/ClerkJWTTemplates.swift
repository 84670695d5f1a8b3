/// Forms of tokens with claims of their own.
public struct ClerkJWTTemplates: Sendable {
    let client: ClerkClient

    /// Makes a template.
    ///
    /// - Parameters:
    ///   - name: The name with which tokens are requested.
    ///   - claims: The claims, with Clerk's shortcodes: an object.
    ///   - lifetime: The lifetime of the template's tokens, in seconds.
    ///   - others: Further members of the operation `CreateJWTTemplate`, by Clerk's names.
    public func create(name: String, claims: JSONValue, lifetime: Int? = nil, adding others: JSONValue = [:])
        async throws(ClerkError) -> ClerkJWTTemplate
    {
        let body = JSONValue.body(
            [("name", .string(name)), ("claims", claims), ("lifetime", .optional(lifetime))],
            adding: others
        )
        return try await client.object("CreateJWTTemplate", body: body)
    }

    /// Returns a template.
    public func get(_ id: String) async throws(ClerkError) -> ClerkJWTTemplate {
        try await client.object("GetJWTTemplate", id)
    }

    /// Returns all templates. Clerk has no order of them.
    public func list() -> ClerkPages<ClerkJWTTemplate> {
        client.pages("ListJWTTemplates", query: [:])
    }

    /// Changes a template, by members of the operation with Clerk's names.
    public func update(_ id: String, _ changes: JSONValue) async throws(ClerkError) -> ClerkJWTTemplate {
        try await client.object("UpdateJWTTemplate", id, body: changes)
    }

    /// Deletes a template.
    @discardableResult
    public func delete(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteJWTTemplate", id)
    }
}

extension ClerkClient {
    /// Forms of tokens with claims of their own.
    public var jwtTemplates: ClerkJWTTemplates { ClerkJWTTemplates(client: self) }
}
