/// The result of setting custom claims.
public struct ClerkCustomClaims: Sendable, Hashable {
    /// The user with its claims.
    public var user: ClerkUser
    /// The warnings, as sentences for the caller; empty if there are none.
    public var warnings: [String]
}

extension ClerkUsers {
    /// The largest number of bytes of a user's claims as JSON: 1.2 KB. Clerk recommends that all custom claims of a session token stay
    /// below that number, since a browser refuses cookies of more than 4 KB (Clerk's guide “Session tokens”, section “Size limitations”:
    /// docs/guides/sessions/session-tokens.mdx in clerk/clerk-docs at 03ffcd8).
    public static var maximumCustomClaimBytes: Int { 1_200 }

    /// Sets claims of a user: keys of public metadata, which are in the session token if its template has `{{user.public_metadata}}`.
    ///
    /// The result has warnings about keys that a customer's identity provider writes. The values of such keys are lost at the next sign-in
    /// or sync, and that customer decides a policy that depends on these keys, in every organization of the user.
    ///
    /// - Parameters:
    ///   - claims: An object. Each of its members replaces the whole key of that name; a null removes the key.
    ///   - id: The id of the user.
    /// - Throws: ``ClerkError`` with the code `invalidRequest` if the claims would not fit into a session token. No claim is changed then.
    public func setCustomClaims(_ claims: JSONValue, of id: String) async throws(ClerkError) -> ClerkCustomClaims {
        guard case .object(let members) = claims else {
            throw ClerkError(.invalidRequest, "custom claims are an object", operation: "ReplaceUserMetadata")
        }
        var all = try await get(id).publicMetadata
        for member in members { all = all.replacing(member.name, with: member.value) }
        all = .object(all.members.filter { $0.value != .null })
        let count = all.utf8.count
        guard count <= Self.maximumCustomClaimBytes else {
            throw ClerkError(
                .invalidRequest,
                "the public metadata would have \(count) bytes, and a session token takes \(Self.maximumCustomClaimBytes)",
                operation: "ReplaceUserMetadata"
            )
        }
        let written = try await client.claimsWrittenByIdentityProviders()
        let lost = members.map(\.name).filter { written.contains(ByteText($0)) }
        let user = try await replaceMetadata(id, publicMetadata: all)
        return ClerkCustomClaims(
            user: user,
            warnings: lost.map {
                "an identity provider of a customer writes “\($0.printable)”: it may be replaced, and must not decide for other customers"
            }
        )
    }
}

extension ClerkClient {
    /// Returns the keys of public metadata that identity providers of customers write, by connections and directories of any organization.
    /// No condition of a policy may depend on them.
    public func keysWrittenByIdentityProviders() async throws(ClerkError) -> [String] {
        try await claimsWrittenByIdentityProviders().map(\.string).sorted { $0.precedesByBytes($1) }
    }

    func claimsWrittenByIdentityProviders() async throws(ClerkError) -> Set<ByteText> {
        var keys: Set<ByteText> = []
        for connection in try await connections.list().all() { keys.formUnion(Self.keys(of: connection.json)) }
        for directory in try await directories.list().all() { keys.formUnion(Self.keys(of: directory.json)) }
        return keys
    }

    private static func keys(of json: JSONValue) -> [ByteText] {
        let custom = json["custom_attributes"]?.elements.compactMap { $0.text("key") } ?? []
        // Older mappings write the name of the key after a prefix.
        let mapped = json.metadata("attribute_mapping").members.map(\.name).filter { $0.hasPrefix("public_metadata_") }
            .map { String($0.dropFirst("public_metadata_".count)) }
        return (custom + mapped).map { ByteText($0) }
    }
}
