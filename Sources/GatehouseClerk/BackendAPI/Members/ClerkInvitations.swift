/// The invitations to organizations.
public struct ClerkInvitations: Sendable {
    let client: ClerkClient

    /// A person to invite.
    public struct Invitee: Sendable, Hashable {
        /// The address.
        public var emailAddress: String
        /// The role that the invited gets.
        public var role: String
        /// The other members of the operation, by Clerk's names.
        public var others: JSONValue

        /// Makes an invitee.
        public init(_ emailAddress: String, role: String, adding others: JSONValue = [:]) {
            (self.emailAddress, self.role, self.others) = (emailAddress, role, others)
        }

        var body: JSONValue {
            .body([("email_address", .string(emailAddress)), ("role", .string(role))], adding: others)
        }
    }

    /// Invites a person by mail.
    ///
    /// - Parameters:
    ///   - organization: The id of the organization.
    ///   - emailAddress: The address of the person.
    ///   - role: The key of the role for the person, such as `org:member`.
    ///   - inviter: The id of the user who invites; `nil` if no user is named.
    ///   - redirectURL: The address to which the person comes after accepting.
    ///   - expiresInDays: The number of days until the invitation expires, 1 to 365.
    ///   - others: Further members of the operation `CreateOrganizationInvitation`, by Clerk's names.
    @discardableResult
    public func create(
        in organization: String,
        emailAddress: String,
        role: String,
        inviter: String? = nil,
        redirectURL: String? = nil,
        expiresInDays: Int? = nil,
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> ClerkInvitation {
        let more = JSONValue.body(
            [
                ("inviter_user_id", .optional(inviter)), ("redirect_url", .optional(redirectURL)),
                ("expires_in_days", .optional(expiresInDays)),
            ],
            adding: others
        )
        let body = Invitee(emailAddress, role: role, adding: more).body
        return try await client.object("CreateOrganizationInvitation", organization, body: body)
    }

    /// Invites up to 10 people, all of them or none.
    public func createBulk(
        in organization: String,
        _ invitees: [Invitee]
    ) async throws(ClerkError) -> [ClerkInvitation] {
        guard (1...10).contains(invitees.count) else {
            throw ClerkError(
                .invalidRequest,
                "1 to 10 people are invited at a time",
                operation: "CreateOrganizationInvitationBulk"
            )
        }
        return try await client.objects(
            "CreateOrganizationInvitationBulk",
            organization,
            body: .array(invitees.map(\.body))
        )
    }

    /// Returns an invitation.
    public func get(_ id: String, in organization: String) async throws(ClerkError) -> ClerkInvitation {
        try await client.object("GetOrganizationInvitation", organization, id)
    }

    /// Returns the invitations to an organization.
    ///
    /// - Parameters:
    ///   - organization: The id of the organization.
    ///   - status: `pending`, `accepted`, `revoked` or `expired`; `nil` for any.
    ///   - emailAddress: The address that was invited; `nil` for any.
    public func list(
        in organization: String,
        status: String? = nil,
        emailAddress: String? = nil
    ) -> ClerkPages<ClerkInvitation> {
        let filter = JSONValue.body([("status", .optional(status)), ("email_address", .optional(emailAddress))])
        return client.pages("ListOrganizationInvitations", organization, query: filter)
    }

    /// Returns the invitations to all organizations.
    public func listAll(status: String? = nil) -> ClerkPages<ClerkInvitation> {
        client.pages("ListInstanceOrganizationInvitations", query: .body([("status", .optional(status))]))
    }

    /// Returns the invitations of a user. Clerk has no order of them.
    public func list(ofUser user: String, status: String? = nil) -> ClerkPages<ClerkInvitation> {
        client.pages("UsersGetOrganizationInvitations", user, query: .body([("status", .optional(status))]))
    }

    /// Revokes an invitation.
    @discardableResult
    public func revoke(
        _ id: String,
        in organization: String,
        requestedBy user: String? = nil
    ) async throws(ClerkError) -> ClerkInvitation {
        let body = JSONValue.body([("requesting_user_id", .optional(user))])
        return try await client.object("RevokeOrganizationInvitation", organization, id, body: body)
    }
}

extension ClerkClient {
    /// The invitations to organizations.
    public var invitations: ClerkInvitations { ClerkInvitations(client: self) }
}
