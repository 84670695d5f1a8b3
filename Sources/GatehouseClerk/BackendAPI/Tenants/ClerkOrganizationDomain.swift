/// A domain of an organization, by which people come to it.
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
    /// How people of the domain become members.
    public var enrollmentMode: String? { json.text("enrollment_mode") }
    /// True if it was proved that the domain is the organization's.
    public var isVerified: Bool { json["verification"]?.text("status") == "verified" }
}
