public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// An entry for a person who waits to be let in.
    public struct WaitlistEntry: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The address of the person.
        public let emailAddress: String?
        /// The status, such as `pending`, `invited`, `completed` or `rejected`.
        public let status: String?
        /// True if the entry is locked: a batch action is processing the entry, and no other action is available.
        public let isLocked: Bool?
        /// The invitation that the entry led to.
        public let invitation: ClerkEventObject?
        /// The time at which the entry was made.
        public let created: Timestamp?
        /// The time of the last change of the entry.
        public let updated: Timestamp?
        /// The whole object, as it was sent.
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
