public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A domain of an organization.
    public struct Domain: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// Whose it is.
        public let organizationID: String?
        /// The domain, such as `example.com`.
        public let name: String?
        /// How people with such an address join.
        public let enrollmentMode: String?
        /// The address by which it was proved.
        public let affiliationEmailAddress: String?
        /// The state of the proof of ownership, in Clerk's words.
        public let verificationStatus: String?
        /// How many invitations wait.
        public let pendingInvitations: Int?
        /// How many suggestions wait.
        public let pendingSuggestions: Int?
        /// When it was added.
        public let created: Timestamp?
        /// When it was last changed.
        public let updated: Timestamp?
        /// Everything, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            organizationID = object.text("organization_id")
            name = object.text("name")
            enrollmentMode = object.text("enrollment_mode")
            affiliationEmailAddress = object.text("affiliation_email_address")
            verificationStatus = object.object("verification")?.text("status")
            pendingInvitations = object.number("total_pending_invitations")
            pendingSuggestions = object.number("total_pending_suggestions")
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }
    }
}
