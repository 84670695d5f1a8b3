/// A token of a machine.
public struct ClerkMachineToken: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkMachineToken {
    /// The machine.
    public var subject: String? { json.text("subject") }
    /// The token, which is secret and is returned only once.
    public var token: String? { json.text("token") }
    /// The claims that the token's creator put in.
    public var claims: JSONValue { json["claims"] ?? .null }
    /// The machines that may verify the token.
    public var scopes: [String] { json.texts("scopes") }
    /// True if the token was revoked.
    public var isRevoked: Bool? { json.flag("revoked") }
    /// True if the token has expired.
    public var isExpired: Bool? { json.flag("expired") }
    /// The expiry of the token.
    public var expiresAt: Timestamp? { json.time("expiration") }
}
