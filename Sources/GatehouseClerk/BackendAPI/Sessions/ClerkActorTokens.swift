/// Tokens by which an actor acts as a user.
public struct ClerkActorTokens: Sendable {
    let client: ClerkClient

    /// Makes a token, which is in the answer.
    ///
    /// - Parameters:
    ///   - userID: The id of the user for whom the actor acts.
    ///   - actor: The actor: the id of a user.
    ///   - lifetime: The lifetime of the token in seconds; `nil` for an hour.
    ///   - sessionLifetime: The longest time of the session in seconds; `nil` for half an hour.
    public func create(userID: String, actor: String, lifetime: Int? = nil, sessionLifetime: Int? = nil)
        async throws(ClerkError) -> ClerkActorToken
    {
        let body = JSONValue.body([
            ("user_id", .string(userID)), ("actor", ["sub": .string(actor)]),
            ("expires_in_seconds", .optional(lifetime)),
            ("session_max_duration_in_seconds", .optional(sessionLifetime)),
        ])
        return try await client.object("CreateActorToken", body: body)
    }

    /// Revokes a token.
    @discardableResult
    public func revoke(_ id: String) async throws(ClerkError) -> ClerkActorToken {
        try await client.object("RevokeActorToken", id)
    }
}

extension ClerkClient {
    /// Tokens by which an actor acts as a user.
    public var actorTokens: ClerkActorTokens { ClerkActorTokens(client: self) }
}
