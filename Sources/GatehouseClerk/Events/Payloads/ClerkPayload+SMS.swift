public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A text message that Clerk sent or leaves to the application.
    public struct SMS: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The template.
        public let slug: String?
        /// To which number.
        public let to: String?
        /// From which number.
        public let from: String?
        /// The id of the number.
        public let phoneNumberID: String?
        /// To which user.
        public let userID: String?
        /// The text.
        public let message: String?
        /// Such as `queued`.
        public let status: String?
        /// The values that fill the template.
        public let data: JSONValue
        /// True if Clerk sends it; else the application has to.
        public let isDeliveredByClerk: Bool?
        /// Everything, as it was sent.
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
