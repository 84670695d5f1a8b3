extension ClerkClient {
    /// Makes a tenant: an organization with its plan in public metadata (`plan`) and its maximum of members.
    ///
    /// If the call fails, and the error's ``ClerkError/mayHaveHappened`` is true, the organization may exist. Call again with `resuming`:
    /// this call then goes on with the organization of that slug, and makes no second organization.
    ///
    /// - Parameters:
    ///   - name: The name for people.
    ///   - slug: The name in addresses, by which a tenant that was begun is found.
    ///   - plan: The plan that the tenant pays for; `nil` notes none.
    ///   - maximumMembers: The largest number of members, 0 for any number; `nil` leaves the number to the instance.
    ///   - resuming: True if an organization of this slug is the tenant, begun before, and not somebody else's.
    /// - Throws: ``ClerkError``; with the Clerk code `form_identifier_exists` where the slug is taken.
    public func createTenant(
        name: String,
        slug: String,
        plan: String? = nil,
        maximumMembers: Int? = nil,
        resuming: Bool = false
    ) async throws(ClerkError) -> ClerkOrganization {
        let metadata: JSONValue? = plan.map { ["plan": .string($0)] }
        if resuming, let begun = try await organization(withSlug: slug) {
            return try await finish(begun, name: name, metadata: metadata, maximumMembers: maximumMembers)
        }
        do throws(ClerkError) {
            return try await organizations.create(
                name: name,
                slug: slug,
                maximumMembers: maximumMembers,
                publicMetadata: metadata
            )
        } catch {
            var error = error
            if error.mayHaveHappened {
                error.message += "; the organization “\(slug.printable)” may exist: go on with resuming: true"
            }
            throw error
        }
    }

    /// Sets or removes the demand of a second factor for an organization's members (`mfa_required` in its public metadata). The middleware
    /// enforces the demand, and not Clerk.
    @discardableResult
    public func requireMFA(
        _ isRequired: Bool = true,
        organization: String
    ) async throws(ClerkError) -> ClerkOrganization {
        try await organizations.mergeMetadata(organization, publicMetadata: ["mfa_required": .bool(isRequired)])
    }

    private func organization(withSlug slug: String) async throws(ClerkError) -> ClerkOrganization? {
        do throws(ClerkError) {
            let found = try await organizations.get(slug)
            // The API takes an id in the place of a slug.
            return found.slug?.hasSameBytes(as: slug) == true ? found : nil
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    /// Brings an organization that was begun to the demanded state.
    private func finish(
        _ begun: ClerkOrganization,
        name: String,
        metadata: JSONValue?,
        maximumMembers: Int?
    ) async throws(ClerkError) -> ClerkOrganization {
        var organization = begun
        do throws(ClerkError) {
            if begun.name != name || maximumMembers.map({ $0 != begun.maximumMembers }) == true {
                organization = try await organizations.update(begun.id, name: name, maximumMembers: maximumMembers)
            }
            if let metadata, organization.plan != metadata["plan"]?.string {
                organization = try await organizations.mergeMetadata(begun.id, publicMetadata: metadata)
            }
            return organization
        } catch {
            var error = error
            error.message += "; the organization exists (\(begun.id.printable)): go on with resuming: true"
            throw error
        }
    }
}
