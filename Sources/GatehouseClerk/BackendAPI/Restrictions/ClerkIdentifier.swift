/// An address or number that is allowed or blocked.
public struct ClerkIdentifier: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkIdentifier {
    /// The address or number, or a pattern such as `*@example.com`.
    public var identifier: String? { json.text("identifier") }
    /// The kind of identifier.
    public var kind: String? { json.text("identifier_type") }
}
