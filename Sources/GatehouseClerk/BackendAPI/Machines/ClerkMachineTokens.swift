/// Tokens of machines (M2M). A token is made with the machine's key; the other operations also take the instance's key.
public struct ClerkMachineTokens: Sendable {
    let client: ClerkClient

    /// Makes a token, which is in the answer and is returned only once.
    ///
    /// - Parameters:
    ///   - format: `opaque` for a token that can be revoked, or `jwt` for a token that cannot.
    ///   - lifetime: The lifetime of the token in seconds; `nil` for Clerk's default.
    ///   - claims: The claims of the application: an object; `nil` if there are none.
    public func create(format: String? = nil, lifetime: Int? = nil, claims: JSONValue? = nil) async throws(ClerkError)
        -> ClerkMachineToken
    {
        let body = JSONValue.body([
            ("token_format", .optional(format)), ("seconds_until_expiration", .optional(lifetime)), ("claims", claims),
        ])
        return try await client.object("createM2MToken", body: body)
    }

    /// Returns the opaque tokens of a machine.
    public func list(subject: String, adding others: JSONValue = [:]) -> ClerkPages<ClerkMachineToken> {
        client.pages("getM2MTokens", query: .body([("subject", .string(subject))], adding: others))
    }

    /// Revokes a token.
    @discardableResult
    public func revoke(_ id: String, reason: String? = nil) async throws(ClerkError) -> ClerkMachineToken {
        try await client.object("revokeM2MToken", id, body: .body([("revocation_reason", .optional(reason))]))
    }

    /// Looks a token up. Check the flags of the answer, since Clerk also returns revoked and expired tokens.
    public func verify(_ token: String) async throws(ClerkError) -> ClerkMachineToken {
        try await client.object("verifyM2MToken", body: ["token": .string(token)])
    }
}

extension ClerkClient {
    /// Tokens of machines (M2M). A token is made with the machine's key; the other operations also take the instance's key.
    public var machineTokens: ClerkMachineTokens { ClerkMachineTokens(client: self) }
}
