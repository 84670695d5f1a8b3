/// A domain of an organization, by which people join the organization.
public struct ClerkOrganizationDomain: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkOrganizationDomain {
    /// The domain.
    public var name: String? { json.text("name") }
    /// The organization.
    public var organizationID: String? { json.text("organization_id") }
    /// The way in which people of the domain become members.
    public var enrollmentMode: String? { json.text("enrollment_mode") }
    /// True if the domain was proved to be the organization's.
    public var isVerified: Bool { json["verification"]?.text("status") == "verified" }
}
