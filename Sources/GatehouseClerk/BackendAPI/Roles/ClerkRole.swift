/// A role of the instance.
public struct ClerkRole: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkRole {
    /// The key, such as `org:admin`.
    public var key: String? { json.text("key") }
    /// The name for people.
    public var name: String? { json.text("name") }
    /// The purpose.
    public var roleDescription: String? { json.text("description") }
    /// True if the creator of an organization may be given the role.
    public var isCreatorEligible: Bool? { json.flag("is_creator_eligible") }
    /// The permissions.
    public var permissions: [ClerkPermission] { json.objects("permissions") }
}
