/// Tokens that sign a user in once.
public struct ClerkSignInTokens: Sendable {
    let client: ClerkClient

    /// Makes a token, which is in the answer.
    public func create(userID: String, lifetime: Int? = nil, organizationID: String? = nil) async throws(ClerkError)
        -> ClerkSignInToken
    {
        let body = JSONValue.body([
            ("user_id", .string(userID)), ("expires_in_seconds", .optional(lifetime)),
            ("org_id", .optional(organizationID)),
        ])
        return try await client.object("CreateSignInToken", body: body)
    }

    /// Revokes a token.
    @discardableResult
    public func revoke(_ id: String) async throws(ClerkError) -> ClerkSignInToken {
        try await client.object("RevokeSignInToken", id)
    }
}

extension ClerkClient {
    /// Tokens that sign a user in once.
    public var signInTokens: ClerkSignInTokens { ClerkSignInTokens(client: self) }
}
