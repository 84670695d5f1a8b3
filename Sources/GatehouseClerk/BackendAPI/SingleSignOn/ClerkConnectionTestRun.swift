/// A sign-in to try a connection.
public struct ClerkConnectionTestRun: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkConnectionTestRun {
    /// The status: `pending`, `success` or `failed`.
    public var status: String? { json.text("status") }
    /// The log of the sign-in.
    public var logs: [JSONValue] { json["logs"]?.elements ?? [] }
}
