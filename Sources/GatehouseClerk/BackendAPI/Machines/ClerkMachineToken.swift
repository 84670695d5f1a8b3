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
    /// The token: a secret, told once.
    public var token: String? { json.text("token") }
    /// The claims that its creator put in.
    public var claims: JSONValue { json["claims"] ?? .null }
    /// The machines that may verify it.
    public var scopes: [String] { json.texts("scopes") }
    /// True if it was taken back.
    public var isRevoked: Bool? { json.flag("revoked") }
    /// True if its time is over.
    public var isExpired: Bool? { json.flag("expired") }
    /// When it ends.
    public var expiresAt: Timestamp? { json.time("expiration") }
}
