public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A membership of a user in an organization. Leaving and joining again is another membership.
    public struct Membership: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The role's key, such as `org:admin`.
        public let role: String
        /// The role's name for people.
        public let roleName: String?
        /// The role's permissions.
        public let permissions: [String]
        /// The metadata that members may read.
        public let publicMetadata: JSONValue
        /// The metadata for servers.
        public let privateMetadata: JSONValue
        /// The time at which the membership began.
        public let created: Timestamp?
        /// The time of the last change of the membership.
        public let updated: Timestamp?
        /// The organization.
        public let organization: Organization
        /// The user's id.
        public let userID: String
        /// The part of the user that members may see: names, image, identifier.
        public let publicUserData: ClerkEventObject?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            role = try object.requiredText("role")
            roleName = object.text("role_name")
            permissions = object.texts("permissions")
            publicMetadata = object.json("public_metadata")
            privateMetadata = object.json("private_metadata")
            created = object.time("created_at")
            updated = object.time("updated_at")
            guard let organization = object.object("organization") else {
                throw WebhookFormatError("the event's data have no organization")
            }
            self.organization = try Organization(organization)
            publicUserData = object.object("public_user_data")
            guard let user = publicUserData?.text("user_id"), !user.isEmpty else {
                throw WebhookFormatError("the event's data have no public_user_data.user_id")
            }
            userID = user
            self.object = object
        }
    }
}
