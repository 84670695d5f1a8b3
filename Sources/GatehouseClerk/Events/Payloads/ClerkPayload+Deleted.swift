public import GatehouseRecords

extension ClerkPayload {
    /// Something that is gone for good.
    public struct Deleted: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The kind of the deleted object, such as `user`.
        public let kind: String?
        /// The name in URLs, where it had one.
        public let slug: String?
        /// The id in the application's own system, where it had one.
        public let externalID: String?
        /// Everything, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            kind = object.text("object")
            slug = object.text("slug")
            externalID = object.text("external_id")
            self.object = object
        }
    }
}
