/// A mapping of a directory's group to a role.
public struct ClerkGroupMapping: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkGroupMapping {
    /// The directory.
    public var directoryID: String? { json.text("directory_id") }
    /// The group.
    public var groupID: String? { json.text("directory_group_id") }
    /// The name of the group.
    public var groupName: String? { json.text("directory_group_display_name") }
    /// The precedence of the mapping. If a person has several groups, the first mapping determines the role.
    public var precedence: Int? { json.int("precedence") }
    /// The role.
    public var role: ClerkRole? {
        json["role"].flatMap { json in json.text("id").map { ClerkRole(id: $0, json: json) } }
    }
}
