public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A text message that Clerk sent or leaves to the application.
    public struct SMS: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The template.
        public let slug: String?
        /// The number of the recipient.
        public let to: String?
        /// The number of the sender.
        public let from: String?
        /// The id of the number.
        public let phoneNumberID: String?
        /// The id of the user who receives the message.
        public let userID: String?
        /// The text.
        public let message: String?
        /// The status, such as `queued`.
        public let status: String?
        /// The values that fill the template.
        public let data: JSONValue
        /// True if Clerk sends the message; false if the application has to.
        public let isDeliveredByClerk: Bool?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            slug = object.text("slug")
            to = object.text("to_phone_number")
            from = object.text("from_phone_number")
            phoneNumberID = object.text("phone_number_id")
            userID = object.text("user_id")
            message = object.text("message")
            status = object.text("status")
            data = object.json("data")
            isDeliveredByClerk = object.flag("delivered_by_clerk")
            self.object = object
        }
    }
}
