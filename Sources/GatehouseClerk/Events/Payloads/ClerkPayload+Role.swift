public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A role of organizations.
    public struct Role: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The key, such as `org:admin`.
        public let key: String?
        /// The name for people.
        public let name: String?
        /// The description of the role.
        public let description: String?
        /// True if the creator of an organization may have the role.
        public let isCreatorEligible: Bool?
        /// The permissions of the role.
        public let permissions: [Permission]
        /// The time at which the role was made.
        public let created: Timestamp?
        /// The time of the last change of the role.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            key = object.text("key")
            name = object.text("name")
            description = object.text("description")
            isCreatorEligible = object.flag("is_creator_eligible")
            permissions = object.objects("permissions").compactMap { try? Permission($0) }
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }
    }
}
