/// A membership of an organization, with the member's only role.
public struct ClerkMembership: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkMembership {
    /// The role, with `org:`.
    public var role: String? { json.text("role") }
    /// The permissions of the role at Clerk, system permissions included.
    public var permissions: [String] { json.texts("permissions") }
    /// The member.
    public var userID: String? { json["public_user_data"]?.text("user_id") }
    /// The address or name by which the member signs in.
    public var identifier: String? { json["public_user_data"]?.text("identifier") }
    /// The organization.
    public var organization: ClerkOrganization? {
        json["organization"].flatMap { json in json.text("id").map { ClerkOrganization(id: $0, json: json) } }
    }
    /// The metadata that the front end may read; an empty object if there is none.
    public var publicMetadata: JSONValue { json.metadata("public_metadata") }
    /// The metadata that only servers may read; an empty object if there is none.
    public var privateMetadata: JSONValue { json.metadata("private_metadata") }
}
