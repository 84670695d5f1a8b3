extension ClerkUsers {
    /// Merges values into metadata at every depth. A null removes a key.
    @discardableResult
    public func mergeMetadata(
        _ id: String,
        publicMetadata: JSONValue? = nil,
        privateMetadata: JSONValue? = nil,
        unsafeMetadata: JSONValue? = nil
    ) async throws(ClerkError) -> ClerkUser {
        let body = Self.metadata(publicMetadata, privateMetadata, unsafeMetadata)
        return try await client.object("UpdateUserMetadata", id, body: body)
    }

    /// Replaces each kind of metadata that is given as a whole.
    @discardableResult
    public func replaceMetadata(
        _ id: String,
        publicMetadata: JSONValue? = nil,
        privateMetadata: JSONValue? = nil,
        unsafeMetadata: JSONValue? = nil
    ) async throws(ClerkError) -> ClerkUser {
        let body = Self.metadata(publicMetadata, privateMetadata, unsafeMetadata)
        return try await client.object("ReplaceUserMetadata", id, body: body)
    }

    /// Stores data of another system for a user, under this name in the private metadata, which only servers can read.
    @discardableResult
    public func storeExternalData(
        _ data: JSONValue,
        named name: String,
        of id: String
    ) async throws(ClerkError) -> ClerkUser {
        // A merge would keep old members of the data.
        let held = try await get(id).privateMetadata
        return try await replaceMetadata(id, privateMetadata: held.replacing(name, with: data))
    }

    private static func metadata(
        _ publicMetadata: JSONValue?,
        _ privateMetadata: JSONValue?,
        _ unsafeMetadata: JSONValue?
    ) -> JSONValue {
        .body([
            ("public_metadata", publicMetadata), ("private_metadata", privateMetadata),
            ("unsafe_metadata", unsafeMetadata),
        ])
    }
}
