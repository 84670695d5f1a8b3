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
    /// The status: `active`, `revoked`, `ended`, `expired`, `removed`, `abandoned`, `replaced` or `pending`.
    public var status: String? { json.text("status") }
    /// The organization that was active last.
    public var organizationID: String? { json.text("last_active_organization_id") }
    /// The time of the session's last use.
    public var lastActiveAt: Timestamp? { json.time("last_active_at") }
    /// The time at which the session ends.
    public var expiresAt: Timestamp? { json.time("expire_at") }
    /// The time at which the session ends if unused.
    public var abandonsAt: Timestamp? { json.time("abandon_at") }
}
