/// A connection to a customer's identity provider, by SAML or OpenID Connect.
public struct ClerkConnection: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkConnection {
    /// The name for people.
    public var name: String? { json.text("name") }
    /// The kind of identity provider, such as `saml_okta`.
    public var provider: String? { json.text("provider") }
    /// True if people may sign in by the connection.
    public var isActive: Bool? { json.flag("active") }
    /// The domains whose people sign in by the connection.
    public var domains: [String] { json.texts("domains") }
    /// The organization whose people sign in by the connection.
    public var organizationID: String? { json.text("organization_id") }
    /// The address to which the identity provider sends its assertions (SAML).
    public var acsURL: String? { json["saml_connection"]?.text("acs_url") }
    /// The name by which the identity provider knows Clerk (SAML).
    public var serviceProviderEntityID: String? { json["saml_connection"]?.text("sp_entity_id") }
    /// The address of Clerk's description for the identity provider (SAML).
    public var serviceProviderMetadataURL: String? { json["saml_connection"]?.text("sp_metadata_url") }
    /// The attributes of the identity provider, each with its key in public metadata.
    public var customAttributes: [JSONValue] { json["custom_attributes"]?.elements ?? [] }
}
