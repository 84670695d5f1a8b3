/// An organization: a tenant.
public struct ClerkOrganization: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkOrganization {
    /// The name.
    public var name: String? { json.text("name") }
    /// The name in addresses.
    public var slug: String? { json.text("slug") }
    /// The largest number of members; 0 for any number.
    public var maximumMembers: Int? { json.int("max_allowed_memberships") }
    /// The number of members; `nil` if the request did not include it.
    public var memberCount: Int? { json.int("members_count") }
    /// The role set from which the members take their roles.
    public var roleSetKey: String? { json.text("role_set_key") }
    /// The id of the user who made the organization.
    public var creatorID: String? { json.text("created_by") }
    /// True if the members must have a second factor (``ClerkClient/requireMFA(_:organization:)``): `mfa_required` in the public metadata has
    /// another value than `false` and null.
    public var isMFARequired: Bool { publicMetadata.demandsSecondFactor }
    /// The plan that ``ClerkClient/createTenant(name:slug:plan:maximumMembers:resuming:)`` noted.
    public var plan: String? { publicMetadata.text("plan") }
    /// The metadata that the front end may read; an empty object if there is none.
    public var publicMetadata: JSONValue { json.metadata("public_metadata") }
    /// The metadata that only servers may read; an empty object if there is none.
    public var privateMetadata: JSONValue { json.metadata("private_metadata") }
}
