/// The domains of organizations, by which people join the organizations.
public struct ClerkOrganizationDomains: Sendable {
    let client: ClerkClient

    /// Adds a domain.
    ///
    /// - Parameters:
    ///   - organization: The id of the organization.
    ///   - name: The domain, such as `example.com`.
    ///   - enrollmentMode: `manual_invitation`, `automatic_invitation`, `automatic_suggestion` or `enterprise_sso`.
    ///   - isVerified: True if the domain is known to be the organization's; `nil` if that has to be proved.
    public func create(
        in organization: String,
        name: String,
        enrollmentMode: String? = nil,
        isVerified: Bool? = nil
    ) async throws(ClerkError) -> ClerkOrganizationDomain {
        let body = JSONValue.body([
            ("name", .string(name)), ("enrollment_mode", .optional(enrollmentMode)),
            ("verified", .optional(isVerified)),
        ])
        return try await client.object("CreateOrganizationDomain", organization, body: body)
    }

    /// Returns the domains of an organization. Clerk has no order of them.
    public func list(
        in organization: String,
        adding others: JSONValue = [:]
    ) -> ClerkPages<ClerkOrganizationDomain> {
        client.pages("ListOrganizationDomains", organization, query: others)
    }

    /// Returns the domains of all organizations.
    public func listAll(adding others: JSONValue = [:]) -> ClerkPages<ClerkOrganizationDomain> {
        client.pages("ListAllOrganizationDomains", query: others)
    }

    /// Changes a domain. A value of `nil` is not changed.
    public func update(
        _ id: String,
        in organization: String,
        enrollmentMode: String? = nil,
        isVerified: Bool? = nil
    ) async throws(ClerkError) -> ClerkOrganizationDomain {
        let body = JSONValue.body([
            ("enrollment_mode", .optional(enrollmentMode)), ("verified", .optional(isVerified)),
        ])
        return try await client.object("UpdateOrganizationDomain", organization, id, body: body)
    }

    /// Removes a domain.
    @discardableResult
    public func delete(_ id: String, in organization: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteOrganizationDomain", organization, id)
    }

    /// Checks whether the domain's TXT record proves that the domain is the organization's.
    public func verifyOwnership(
        _ id: String,
        in organization: String
    ) async throws(ClerkError) -> ClerkOrganizationDomain {
        try await client.object("VerifyOrganizationDomainOwnership", organization, id)
    }
}

extension ClerkClient {
    /// The domains of organizations.
    public var domains: ClerkOrganizationDomains { ClerkOrganizationDomains(client: self) }
}
