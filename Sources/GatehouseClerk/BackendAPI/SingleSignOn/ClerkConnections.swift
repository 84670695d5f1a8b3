/// Connections to customers' identity providers.
public struct ClerkConnections: Sendable {
    let client: ClerkClient

    /// Returns all connections, or those of an organization. Clerk has no order of them.
    public func list(organizationID: String? = nil, isActive: Bool? = nil) -> ClerkPages<ClerkConnection> {
        let filter = JSONValue.body([
            ("organization_id", .optional(organizationID)), ("active", .optional(isActive)),
        ])
        return client.pages("ListEnterpriseConnections", query: filter)
    }

    /// Returns a connection.
    public func get(_ id: String) async throws(ClerkError) -> ClerkConnection {
        try await client.object("GetEnterpriseConnection", id)
    }

    /// Changes a connection, by members of the operation with Clerk's names. Addresses, domains and the certificate are checked before the
    /// request is sent; ``warnings(at:)`` reports a certificate that ends soon.
    public func update(_ id: String, _ changes: JSONValue) async throws(ClerkError) -> ClerkConnection {
        _ = try Self.check(changes, of: "UpdateEnterpriseConnection", at: WallClock.system.now())
        return try await client.object("UpdateEnterpriseConnection", id, body: changes)
    }

    /// Lets people sign in by a connection, or no longer.
    public func setActive(_ isActive: Bool, _ id: String) async throws(ClerkError) -> ClerkConnection {
        try await update(id, ["active": .bool(isActive)])
    }

    /// Deletes a connection. People who signed in only by this connection can no longer sign in.
    @discardableResult
    public func delete(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteEnterpriseConnection", id)
    }

    /// Begins a sign-in to try a connection.
    ///
    /// - Returns: Clerk's answer, with the address to open in a browser.
    public func createTestRun(of id: String) async throws(ClerkError) -> JSONValue {
        try await client.send(ClerkRequest("CreateEnterpriseConnectionTestRun", path: [id]))
    }

    /// Returns the sign-ins that tried a connection.
    public func testRuns(of id: String) -> ClerkPages<ClerkConnectionTestRun> {
        client.pages("ListEnterpriseConnectionTestRuns", id, query: [:])
    }

    /// Returns a link by which a customer sets up its connection without help.
    public func createPortalLink(
        organization: String,
        adding others: JSONValue = [:]
    ) async throws(ClerkError) -> ClerkPortalLink {
        let body = JSONValue.body([("organization_id", .string(organization))], adding: others)
        return try await client.object("createAdminPortalLinkToken", body: body)
    }

    /// Revokes a portal link.
    @discardableResult
    public func revokePortalLink(_ id: String, reason: String? = nil) async throws(ClerkError) -> ClerkPortalLink {
        let body = JSONValue.body([("revocation_reason", .optional(reason))])
        return try await client.object("revokeAdminPortalLinkToken", id, body: body)
    }
}

extension ClerkClient {
    /// Connections to customers' identity providers.
    public var connections: ClerkConnections { ClerkConnections(client: self) }
}
