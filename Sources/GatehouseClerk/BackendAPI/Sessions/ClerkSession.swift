/// A session of a user.
public struct ClerkSession: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkSession {
    /// The user.
    public var userID: String? { json.text("user_id") }
    /// `active`, `revoked`, `ended`, `expired`, `removed`, `abandoned`, `replaced` or `pending`.
    public var status: String? { json.text("status") }
    /// The organization that was active last.
    public var organizationID: String? { json.text("last_active_organization_id") }
    /// When it was used last.
    public var lastActiveAt: Timestamp? { json.time("last_active_at") }
    /// When it ends.
    public var expiresAt: Timestamp? { json.time("expire_at") }
    /// When it ends if it is not used.
    public var abandonsAt: Timestamp? { json.time("abandon_at") }
}
