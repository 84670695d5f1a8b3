public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// Somebody who waits to be let in.
    public struct WaitlistEntry: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// Who waits.
        public let emailAddress: String?
        /// Such as `pending`, `invited`, `completed` or `rejected`.
        public let status: String?
        /// True if it may be changed.
        public let isLocked: Bool?
        /// The invitation that it led to.
        public let invitation: ClerkEventObject?
        /// Since when.
        public let created: Timestamp?
        /// When it was last changed.
        public let updated: Timestamp?
        /// Everything, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            emailAddress = object.text("email_address")
            status = object.text("status")
            isLocked = object.flag("is_locked")
            invitation = object.object("invitation")
            created = object.time("created_at")
            updated = object.time("updated_at")
            self.object = object
        }
    }
}
