public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// An email that Clerk sent or leaves to the application.
    public struct Email: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The template, such as `verification_code`.
        public let slug: String?
        /// The address of the recipient.
        public let to: String?
        /// The sender's name before the at sign.
        public let fromName: String?
        /// The name of the recipient of answers.
        public let replyToName: String?
        /// The id of the address.
        public let emailAddressID: String?
        /// The id of the user who receives the email.
        public let userID: String?
        /// The subject.
        public let subject: String?
        /// The body in HTML.
        public let body: String?
        /// The body as text.
        public let plainBody: String?
        /// The status, such as `queued`.
        public let status: String?
        /// The values that fill the template.
        public let data: JSONValue
        /// True if Clerk sends the email; false if the application has to.
        public let isDeliveredByClerk: Bool?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            slug = object.text("slug")
            to = object.text("to_email_address")
            fromName = object.text("from_email_name")
            replyToName = object.text("reply_to_email_name")
            emailAddressID = object.text("email_address_id")
            userID = object.text("user_id")
            subject = object.text("subject")
            body = object.text("body")
            plainBody = object.text("body_plain")
            status = object.text("status")
            data = object.json("data")
            isDeliveredByClerk = object.flag("delivered_by_clerk")
            self.object = object
        }
    }
}
