/// The profile of a user: all facts at Clerk on which the user's permissions depend.
public struct ClerkProfile: Sendable, Hashable {
    /// The user, with factors and metadata.
    public var user: ClerkUser
    /// The user's organizations, each with the user's role there.
    public var memberships: [ClerkMembership]
    /// The sessions that are not over.
    public var sessions: [ClerkSession]
    /// The user's invitations that wait for an answer.
    public var invitations: [ClerkInvitation]
}

extension ClerkUsers {
    /// Returns the whole profile of a user, by four kinds of requests at a time.
    public func profile(of id: String) async throws(ClerkError) -> ClerkProfile {
        async let user = result { () async throws(ClerkError) in try await get(id) }
        async let memberships = result { () async throws(ClerkError) in
            try await client.memberships.list(ofUser: id).all()
        }
        async let sessions = result { () async throws(ClerkError) in
            try await client.sessions.list(ofUser: id, status: "active").all()
        }
        async let invitations = result { () async throws(ClerkError) in
            try await client.invitations.list(ofUser: id, status: "pending").all()
        }
        return try ClerkProfile(
            user: await user.get(),
            memberships: await memberships.get(),
            sessions: await sessions.get(),
            invitations: await invitations.get()
        )
    }

    private func result<Value: Sendable>(
        _ body: () async throws(ClerkError) -> Value
    ) async -> Result<Value, ClerkError> {
        do throws(ClerkError) { return .success(try await body()) } catch { return .failure(error) }
    }
}
