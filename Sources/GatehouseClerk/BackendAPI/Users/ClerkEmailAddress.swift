/// An e-mail address of a user.
public struct ClerkEmailAddress: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkEmailAddress {
    /// The address.
    public var emailAddress: String? { json.text("email_address") }
    /// True if the user proved the address.
    public var isVerified: Bool { json["verification"]?.text("status") == "verified" }
}
