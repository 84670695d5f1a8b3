/// A token by which an actor acts as a user.
public struct ClerkActorToken: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkActorToken {
    /// The user.
    public var userID: String? { json.text("user_id") }
    /// The actor.
    public var actor: JSONValue { json.metadata("actor") }
    /// The token, which is secret and is returned only once.
    public var token: String? { json.text("token") }
    /// An address that signs in by the token: a secret.
    public var url: String? { json.text("url") }
    /// The status: `pending`, `accepted` or `revoked`.
    public var status: String? { json.text("status") }
}
