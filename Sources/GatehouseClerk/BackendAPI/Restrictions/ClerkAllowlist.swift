/// The identifiers that may sign up if the instance is restricted.
public struct ClerkAllowlist: Sendable {
    let client: ClerkClient

    /// Allows an address, a number, or a pattern such as `*@example.com`.
    public func add(_ identifier: String, notifies: Bool? = nil) async throws(ClerkError) -> ClerkIdentifier {
        try await client.object(
            "CreateAllowlistIdentifier",
            body: .body([("identifier", .string(identifier)), ("notify", .optional(notifies))])
        )
    }

    /// Returns all allowed identifiers. Clerk has no order of them.
    public func list() -> ClerkPages<ClerkIdentifier> {
        client.pages("ListAllowlistIdentifiers", query: [:])
    }

    /// Removes an identifier from the list.
    @discardableResult
    public func remove(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteAllowlistIdentifier", id)
    }
}

extension ClerkClient {
    /// The identifiers that may sign up if the instance is restricted.
    public var allowlist: ClerkAllowlist { ClerkAllowlist(client: self) }
}
