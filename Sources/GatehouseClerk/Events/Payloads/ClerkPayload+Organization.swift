public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// An organization.
    public struct Organization: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The name for people.
        public let name: String?
        /// The name in URLs.
        public let slug: String?
        /// An image's address.
        public let imageURL: String?
        /// The number of members.
        public let membersCount: Int?
        /// The largest number of members; 0 for any number.
        public let maximumMemberships: Int?
        /// True if an admin may delete the organization.
        public let isAdminDeleteEnabled: Bool?
        /// The id of the user who created the organization.
        public let createdBy: String?
        /// The role set of the organization, which contains the roles of its members.
        public let roleSetKey: String?
        /// The metadata that members may read.
        public let publicMetadata: JSONValue
        /// The metadata for servers.
        public let privateMetadata: JSONValue
        /// The time at which the organization was created.
        public let created: Timestamp?
        /// The time of the last change of the organization.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            name = object.text("name")
            slug = object.text("slug")
            imageURL = object.text("image_url")
            membersCount = object.number("members_count")
            maximumMemberships = object.number("max_allowed_memberships")
            isAdminDeleteEnabled = object.flag("admin_delete_enabled")
            createdBy = object.text("created_by")
            roleSetKey = object.text("role_set_key")
            publicMetadata = object.json("public_metadata")
            privateMetadata = object.json("private_metadata")
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }
    }
}
