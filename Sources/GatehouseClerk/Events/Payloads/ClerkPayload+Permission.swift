public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A permission that roles may have.
    public struct Permission: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The key, such as `org:invoices:read`.
        public let key: String?
        /// The name for people.
        public let name: String?
        /// The description of the permission.
        public let description: String?
        /// The type: `system` or `user`.
        public let type: String?
        /// The time at which the permission was made.
        public let created: Timestamp?
        /// The time of the last change of the permission.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            key = object.text("key")
            name = object.text("name")
            description = object.text("description")
            type = object.text("type")
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }
    }
}
