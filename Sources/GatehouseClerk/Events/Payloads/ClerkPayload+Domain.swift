public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A domain of an organization.
    public struct Domain: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The id of the domain's organization.
        public let organizationID: String?
        /// The domain, such as `example.com`.
        public let name: String?
        /// The way in which people with an address of the domain join.
        public let enrollmentMode: String?
        /// The address by which the domain was proved.
        public let affiliationEmailAddress: String?
        /// The state of the proof of ownership, in Clerk's words.
        public let verificationStatus: String?
        /// The number of pending invitations.
        public let pendingInvitations: Int?
        /// The number of pending suggestions.
        public let pendingSuggestions: Int?
        /// The time at which the domain was added.
        public let created: Timestamp?
        /// The time of the last change of the domain.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
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
