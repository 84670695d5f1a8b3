/// Tokens of machines (M2M). A token is made with the machine's key; the other operations also take the instance's key.
public struct ClerkMachineTokens: Sendable {
    let client: ClerkClient

    /// Makes a token, which is in the answer and told once.
    ///
    /// - Parameters:
    ///   - format: `opaque`, which can be taken back, or `jwt`, which cannot.
    ///   - lifetime: The seconds for which the token holds; `nil` leaves that to Clerk.
    ///   - claims: Claims of the application: an object; `nil` if there are none.
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

    /// Takes a token back.
    @discardableResult
    public func revoke(_ id: String, reason: String? = nil) async throws(ClerkError) -> ClerkMachineToken {
        try await client.object("revokeM2MToken", id, body: .body([("revocation_reason", .optional(reason))]))
    }

    /// Looks a token up. Look at its flags: Clerk returns revoked and expired tokens as well.
    public func verify(_ token: String) async throws(ClerkError) -> ClerkMachineToken {
        try await client.object("verifyM2MToken", body: ["token": .string(token)])
    }
}

extension ClerkClient {
    /// Tokens of machines (M2M). A token is made with the machine's key; the other operations also take the instance's key.
    public var machineTokens: ClerkMachineTokens { ClerkMachineTokens(client: self) }
}
