/// A permission of the instance.
public struct ClerkPermission: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkPermission {
    /// The key, such as `org:invoices:read`.
    public var key: String? { json.text("key") }
    /// The name for people.
    public var name: String? { json.text("name") }
    /// The description of the permission.
    public var permissionDescription: String? { json.text("description") }
    /// True if the permission is one of Clerk's own permissions, which are read-only.
    public var isSystem: Bool { json.text("type") == "system" }
}
