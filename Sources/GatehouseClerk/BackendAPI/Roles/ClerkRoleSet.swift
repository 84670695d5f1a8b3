/// A set of roles, from which the members of organizations take their roles.
public struct ClerkRoleSet: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkRoleSet {
    /// The key.
    public var key: String? { json.text("key") }
    /// The name for people.
    public var name: String? { json.text("name") }
    /// The roles.
    public var roles: [ClerkRole] { json.objects("roles") }
    /// The role of new members.
    public var defaultRoleKey: String? { json["default_role"]?.text("key") }
    /// The role of the creator of an organization.
    public var creatorRoleKey: String? { json["creator_role"]?.text("key") }
    /// True if members are being moved to other roles.
    public var isMigrating: Bool { json["role_set_migration"].map { $0 != .null } ?? false }
}
