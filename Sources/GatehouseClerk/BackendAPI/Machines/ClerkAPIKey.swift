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
    /// The subject of the key: `user_…` or `org_…`.
    public var subject: String? { json.text("subject") }
    /// The key, which is secret and is returned only once.
    public var secret: String? { json.text("secret") }
    /// The scopes of the key.
    public var scopes: [String] { json.texts("scopes") }
    /// The claims that the key's creator put in.
    public var claims: JSONValue { json["claims"] ?? .null }
    /// True if the key was revoked.
    public var isRevoked: Bool? { json.flag("revoked") }
    /// True if the key has expired.
    public var isExpired: Bool? { json.flag("expired") }
    /// The expiry of the key.
    public var expiresAt: Timestamp? { json.time("expiration") }
}
