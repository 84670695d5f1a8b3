/// A key that a user or an organization gave out.
public struct ClerkAPIKey: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkAPIKey {
    /// The name for people.
    public var name: String? { json.text("name") }
    /// Whose key it is: `user_…` or `org_…`.
    public var subject: String? { json.text("subject") }
    /// The key: a secret, told once.
    public var secret: String? { json.text("secret") }
    /// The uses that it is for.
    public var scopes: [String] { json.texts("scopes") }
    /// The claims that its creator put in.
    public var claims: JSONValue { json["claims"] ?? .null }
    /// True if it was taken back.
    public var isRevoked: Bool? { json.flag("revoked") }
    /// True if its time is over.
    public var isExpired: Bool? { json.flag("expired") }
    /// When it ends.
    public var expiresAt: Timestamp? { json.time("expiration") }
}
