public import GatehouseRecords

extension ClerkPayload {
    /// A payer: a user or an organization.
    public struct Payer: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The id of the user.
        public let userID: String?
        /// The id of the organization.
        public let organizationID: String?
        /// The organization's name.
        public let organizationName: String?
        /// The user's first name.
        public let firstName: String?
        /// The user's last name.
        public let lastName: String?
        /// The address for receipts.
        public let email: String?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            userID = object.text("user_id")
            organizationID = object.text("organization_id")
            organizationName = object.text("organization_name")
            firstName = object.text("first_name")
            lastName = object.text("last_name")
            email = object.text("email")
            self.object = object
        }
    }
}
