public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A session of a user.
    public struct Session: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// The id of the session's user.
        public let userID: String?
        /// The id of the browser or app.
        public let clientID: String?
        /// The status, such as `active`, `pending`, `ended`, `removed` or `revoked`.
        public let status: String?
        /// The actor for the user; `null` or absent if there is none.
        public let actor: JSONValue?
        /// The organization that was active last.
        public let lastActiveOrganizationID: String?
        /// The IP address of the user's latest activity.
        public let address: String?
        /// The browser of the latest activity.
        public let browser: String?
        /// The city of the latest activity.
        public let city: String?
        /// The country of the latest activity.
        public let country: String?
        /// The time at which the user was last seen.
        public let lastActive: Timestamp?
        /// The time at which the session ends.
        public let expires: Timestamp?
        /// The time at which the session began.
        public let created: Timestamp?
        /// The time of the last change of the session.
        public let updated: Timestamp?
        /// The user; `nil` if the event has none.
        public let user: User?
        /// The whole object, as it was sent.
        public let object: ClerkEventObject

        public init(_ object: ClerkEventObject) throws(WebhookFormatError) {
            id = try object.requiredText("id")
            userID = object.text("user_id")
            clientID = object.text("client_id")
            status = object.text("status")
            actor = object.value["actor"]
            lastActiveOrganizationID = object.text("last_active_organization_id")
            address = object.object("latest_activity")?.text("ip_address")
            browser = object.object("latest_activity")?.text("browser_name")
            city = object.object("latest_activity")?.text("city")
            country = object.object("latest_activity")?.text("country")
            lastActive = object.time("last_active_at")
            expires = object.time("expire_at")
            created = object.time("created_at")
            updated = object.time("updated_at")
            user = object.object("user").flatMap { try? User($0) }
            self.object = object
        }
    }
}
