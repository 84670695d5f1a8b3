/// A link by which a customer sets up its connection without help.
public struct ClerkPortalLink: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkPortalLink {
    /// The secret of the link.
    public var token: String? { json.text("token") }
    /// The organization.
    public var organizationID: String? { json.text("organization_id") }
    /// True if the link was taken back.
    public var isRevoked: Bool? { json.flag("revoked") }
    /// The time at which the link ends.
    public var expiresAt: Timestamp? { json.time("expiration") }
}
