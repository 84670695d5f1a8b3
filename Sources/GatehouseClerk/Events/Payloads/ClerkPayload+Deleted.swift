public import GatehouseRecords

extension ClerkPayload {
    /// A deleted object.
    public struct Deleted: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The kind of the deleted object, such as `user`.
        public let kind: String?
        /// The name in URLs; `nil` if the object had none.
        public let slug: String?
        /// The id in the application's own system; `nil` if the object had none.
        public let externalID: String?
        /// The whole object, as it was sent.
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
