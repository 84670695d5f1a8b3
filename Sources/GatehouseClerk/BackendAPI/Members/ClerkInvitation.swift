/// An invitation: to an organization, or to the application.
public struct ClerkInvitation: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkInvitation {
    /// The address of the invited person.
    public var emailAddress: String? { json.text("email_address") }
    /// The role that the invited gets.
    public var role: String? { json.text("role") }
    /// The organization; `nil` for an invitation to the application.
    public var organizationID: String? { json.text("organization_id") }
    /// The status: `pending`, `accepted`, `revoked` or `expired`.
    public var status: String? { json.text("status") }
    /// The address that the invited is sent.
    public var url: String? { json.text("url") }
    /// The time at which the invitation ends.
    public var expiresAt: Timestamp? { json.time("expires_at") }
    /// The metadata that the front end may read; an empty object if there is none.
    public var publicMetadata: JSONValue { json.metadata("public_metadata") }
    /// The metadata that only servers may read; an empty object if there is none.
    public var privateMetadata: JSONValue { json.metadata("private_metadata") }
}
