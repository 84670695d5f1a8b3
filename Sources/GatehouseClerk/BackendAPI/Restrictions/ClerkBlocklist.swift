/// The identifiers that may not sign up.
public struct ClerkBlocklist: Sendable {
    let client: ClerkClient

    /// Blocks an address, a number, or a pattern such as `*@example.com`.
    public func add(_ identifier: String) async throws(ClerkError) -> ClerkIdentifier {
        try await client.object("CreateBlocklistIdentifier", body: ["identifier": .string(identifier)])
    }

    /// Returns all blocked identifiers.
    public func list() async throws(ClerkError) -> [ClerkIdentifier] {
        try await client.objects("ListBlocklistIdentifiers")
    }

    /// Removes an identifier from the list.
    @discardableResult
    public func remove(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteBlocklistIdentifier", id)
    }
}

extension ClerkClient {
    /// The identifiers that may not sign up.
    public var blocklist: ClerkBlocklist { ClerkBlocklist(client: self) }
}
