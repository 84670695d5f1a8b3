public import GatehouseBase
public import GatehouseRecords

extension ClerkPayload {
    /// A session of a user.
    public struct Session: ClerkEventData, Hashable {
        /// The id.
        public let id: String
        /// Whose it is.
        public let userID: String?
        /// The id of the browser or app.
        public let clientID: String?
        /// Such as `active`, `pending`, `ended`, `removed` or `revoked`.
        public let status: String?
        /// Who acts as the user; `null` or absent if nobody.
        public let actor: JSONValue?
        /// The organization that was active last.
        public let lastActiveOrganizationID: String?
        /// The place in which the user was seen last.
        public let address: String?
        /// With which browser.
        public let browser: String?
        /// In which city.
        public let city: String?
        /// In which country.
        public let country: String?
        /// When the user was last seen.
        public let lastActive: Timestamp?
        /// When it ends.
        public let expires: Timestamp?
        /// When it began.
        public let created: Timestamp?
        /// When it was last changed.
        public let updated: Timestamp?
        /// The user; `nil` if the event has none.
        public let user: User?
        /// Everything, as it was sent.
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
