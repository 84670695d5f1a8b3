/// A template of tokens with their own claims.
public struct ClerkJWTTemplate: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkJWTTemplate {
    /// The name with which tokens are requested.
    public var name: String? { json.text("name") }
    /// The claims.
    public var claims: JSONValue { json.metadata("claims") }
    /// The lifetime of a token, in seconds.
    public var lifetime: Int? { json.int("lifetime") }
}
