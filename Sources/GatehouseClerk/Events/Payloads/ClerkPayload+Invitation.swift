public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// An invitation into an organization.
    public struct Invitation: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The address of the invited.
        public let emailAddress: String?
        /// The id of the organization.
        public let organizationID: String?
        /// The role for the invited.
        public let role: String?
        /// The role's name for people.
        public let roleName: String?
        /// The id of the user who invites.
        public let inviterID: String?
        /// The id of the user who accepted; absent before.
        public let userID: String?
        /// The status, such as `pending`, `accepted` or `revoked`.
        public let status: String?
        /// The address at which the invitation is accepted.
        public let url: String?
        /// The metadata that the invited may read.
        public let publicMetadata: JSONValue
        /// The metadata for servers.
        public let privateMetadata: JSONValue
        /// The time at which the invitation ends.
        public let expires: Timestamp?
        /// The time at which the invitation was made.
        public let created: Timestamp?
        /// The time of the last change of the invitation.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            emailAddress = object.text("email_address")
            organizationID = object.text("organization_id")
            role = object.text("role")
            roleName = object.text("role_name")
            inviterID = object.text("inviter_id")
            userID = object.text("user_id")
            status = object.text("status")
            url = object.text("url")
            publicMetadata = object.json("public_metadata")
            privateMetadata = object.json("private_metadata")
            expires = object.time("expires_at")
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }
    }
}
