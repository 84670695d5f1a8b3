/// Sessions of users.
public struct ClerkSessions: Sendable {
    let client: ClerkClient

    /// Returns a session.
    public func get(_ id: String) async throws(ClerkError) -> ClerkSession {
        try await client.object("GetSession", id)
    }

    /// Returns the sessions of a user. Clerk has no order of them.
    ///
    /// - Parameters:
    ///   - user: The id of the user.
    ///   - status: `active`, `revoked`, `ended`, …; `nil` for any.
    public func list(ofUser user: String, status: String? = nil) -> ClerkPages<ClerkSession> {
        client.pages("GetSessionList", query: .body([("user_id", .string(user)), ("status", .optional(status))]))
    }

    /// Makes a session. Clerk allows that only in development instances.
    public func create(userID: String, organizationID: String? = nil) async throws(ClerkError) -> ClerkSession {
        try await client.object(
            "createSession",
            body: .body([("user_id", .string(userID)), ("active_organization_id", .optional(organizationID))])
        )
    }

    /// Ends a session. Its tokens stay valid until they expire or a mark refuses them.
    @discardableResult
    public func revoke(_ id: String) async throws(ClerkError) -> ClerkSession {
        try await client.object("RevokeSession", id)
    }

    /// Returns a token of a session, like the tokens of the front end.
    ///
    /// - Parameters:
    ///   - id: The id of the session.
    ///   - template: The name of a JWT template; `nil` for a session token.
    ///   - lifetime: The lifetime of the token in seconds; `nil` for Clerk's default.
    public func token(of id: String, template: String? = nil, lifetime: Int? = nil) async throws(ClerkError) -> String {
        let body = JSONValue.body([("expires_in_seconds", .optional(lifetime))])
        let request =
            if let template {
                ClerkRequest("CreateSessionTokenFromTemplate", path: [id, template], body: body)
            } else {
                ClerkRequest("CreateSessionToken", path: [id], body: body)
            }
        guard let token = try await client.send(request).text("jwt") else {
            throw ClerkError(.invalidAnswer, "the answer has no token", operation: request.operation)
        }
        return token
    }
}

extension ClerkClient {
    /// Sessions of users.
    public var sessions: ClerkSessions { ClerkSessions(client: self) }
}
