/// A customer's directory of people (SCIM), which adds and removes members.
public struct ClerkDirectory: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkDirectory {
    /// The name for people.
    public var name: String? { json.text("name") }
    /// The connection that the directory belongs to.
    public var connectionID: String? { json.text("enterprise_connection_id") }
    /// The kind of directory.
    public var provider: String? { json.text("provider") }
    /// The address to which the directory sends its changes.
    public var endpointURL: String? { json.text("endpoint_url") }
    /// True if changes of the directory are taken.
    public var isEnabled: Bool? { json.flag("enabled") }
    /// True if groups of the directory are mapped to roles.
    public var mapsGroups: Bool? { json.flag("group_role_mapping_enabled") }
    /// The key of the directory, which is secret and is returned only once.
    public var apiKey: String? { json.text("api_key") }
}
