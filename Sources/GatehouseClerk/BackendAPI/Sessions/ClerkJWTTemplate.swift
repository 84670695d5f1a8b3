/// A form of tokens with claims of its own.
public struct ClerkJWTTemplate: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkJWTTemplate {
    /// The name, by which tokens are asked for.
    public var name: String? { json.text("name") }
    /// The claims.
    public var claims: JSONValue { json.metadata("claims") }
    /// The lifetime of a token, in seconds.
    public var lifetime: Int? { json.int("lifetime") }
}
